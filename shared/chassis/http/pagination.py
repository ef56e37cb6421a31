"""Long lists in pages by key: each page begins behind the last row of the one before.

No OFFSET, so that no row is lost or shown twice when others come and go meanwhile and the last page costs no more
than the first; and no COUNT, which would read everything.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import marshmallow as ma
from sqlalchemy import ColumnElement, Date, DateTime, Integer, Row, Select, String, TypeDecorator, tuple_
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import desc_op

from shared.chassis.errors import Finding, Invalid
from shared.chassis.uow import UnitOfWork

DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100


class PageSchema(ma.Schema):
    """The query parameters that every list has."""

    after = ma.fields.String(
        validate=ma.validate.Length(max=1_000),
        metadata={"description": "Where the page begins: `next` of the page before."},
    )
    limit = ma.fields.Integer(
        load_default=DEFAULT_LIMIT,
        validate=ma.validate.Range(1, LARGEST_LIMIT),
        metadata={"description": "How many at most."},
    )


def page(
    uow: UnitOfWork,
    query: Select[Any],
    key_columns: Sequence[ColumnElement[Any]],
    after: str | None,
    limit: int,
) -> tuple[list[Row[Any]], str | None]:
    """One page of the query in the order of `key_columns`, and the token of the next page or None.

    The key columns are selected by the query, never null, together unique, and all ascending or all `desc()`.
    Raises `Invalid` for a token that no page gave out.
    """
    columns = [_column(key) for key in key_columns]
    descending = [_is_descending(key) for key in key_columns]
    if any(descending) != all(descending):
        raise ValueError("key columns are all ascending or all descending")
    if after is not None:
        position = tuple_(*columns)
        values = tuple_(*_read(after, columns), types=[column.type for column in columns])
        query = query.where(position < values if any(descending) else position > values)
    rows = list(uow.all(query.order_by(*key_columns).limit(limit + 1)))
    more = len(rows) > limit
    rows = rows[:limit]
    return rows, _token(rows[-1], columns) if more else None


def _column(key: ColumnElement[Any]) -> ColumnElement[Any]:
    return key.element if isinstance(key, UnaryExpression) else key


def _is_descending(key: ColumnElement[Any]) -> bool:
    return isinstance(key, UnaryExpression) and key.modifier is desc_op


def _token(row: Row[Any], columns: Sequence[ColumnElement[Any]]) -> str:
    values = [row._mapping[column] for column in columns]
    texts = [value.isoformat() if isinstance(value, date) else value for value in values]
    return urlsafe_b64encode(json.dumps(texts, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(token: str, columns: Sequence[ColumnElement[Any]]) -> list[Any]:
    try:
        values = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(values, list) or len(values) != len(columns):
            raise ValueError
        return [_value(value, column) for value, column in zip(values, columns, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        finding = Finding(
            "after",
            "It is not the 'next' of any page of this list.",
            next_step="Take 'next' from the page before, or leave 'after' out to begin again.",
        )
        raise Invalid([finding]) from None


def _value(value: Any, column: ColumnElement[Any]) -> Any:
    """The value as the column holds it; `ValueError` or `TypeError` where it could not have come from there."""
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, DateTime):
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            raise ValueError
        return instant.astimezone(UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Integer) and type(value) is int and abs(value) < 2**63:
        return value
    if isinstance(kind, String) and isinstance(value, str) and "\x00" not in value:
        value.encode()  # a lone surrogate is a ValueError here rather than in the driver
        return value
    raise ValueError
