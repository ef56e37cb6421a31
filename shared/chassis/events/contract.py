"""Event types: frozen dataclasses that can hold nothing but checked values, with a derived marshmallow schema."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from types import MappingProxyType, NoneType, UnionType
from typing import (
    Any,
    ClassVar,
    Protocol,
    TypeVar,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from marshmallow import EXCLUDE, Schema, ValidationError
from marshmallow import fields as shapes

from shared.chassis.events.values import Value

T = TypeVar("T", bound=type)


class Event(Protocol):
    """What `@event` makes of a class."""

    event_type: ClassVar[str]


class UnknownShape(Exception):
    """The data does not fit the event type; `errors` says where."""

    def __init__(self, event_type: str, errors: Any) -> None:
        super().__init__(f"{event_type} does not fit its contract: {errors}")
        self.errors = errors


_registry: dict[str, type] = {}
_schemas: dict[type, Schema] = {}
_hints: dict[type, dict[str, Any]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(cls: T) -> T:
    """A frozen dataclass for use inside events. Refuses, when the module is imported, any field that could hold
    a plain text; refuses, when an instance is made, any value that is not of the declared type."""
    hints = {name: hint for name, hint in get_type_hints(cls).items() if get_origin(hint) is not ClassVar}
    for name, hint in hints.items():
        _refuse_loose(cls.__name__, name, hint)

    def check(self: Any) -> None:
        for name, hint in hints.items():
            if not _fits(getattr(self, name), hint):
                raise TypeError(f"{cls.__name__}.{name} must be {hint}, not {type(getattr(self, name)).__name__}")

    cls.__post_init__ = check  # type: ignore[attr-defined]
    made: Any = dataclass(frozen=True, kw_only=True)(cls)
    _schemas[made] = _schema_of(made, hints)
    _hints[made] = hints
    return cast(T, made)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(event_type: str) -> Callable[[T], T]:
    """Declare an event: `@event("foi.intake.something-happened.v1")` above a class with annotated fields."""

    def declare(cls: T) -> T:
        made = fact(cls)
        made.event_type = event_type  # type: ignore[attr-defined]
        if event_type in _registry:
            raise ValueError(f"{event_type} is declared twice")
        _registry[event_type] = made
        return made

    return declare


def event_types() -> Mapping[str, type]:
    """Every declared event type by its name."""
    return MappingProxyType(_registry)


def schema_of(cls: type) -> Schema:
    """The marshmallow schema of an event or a fact."""
    return _schemas[cls]


def dump(value: Any) -> Any:
    """An event, a fact or a value as plain JSON data."""
    if is_dataclass(value):
        return {item.name: dump(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Value) else value


def load(event_type: str, data: Mapping[str, Any]) -> Any:
    """The event that `data` holds. Fields that this version does not know are passed over.

    Raises `KeyError` for an unknown type and `UnknownShape` for data that does not fit.
    """
    cls = _registry[event_type]
    try:
        return _build(cls, _schemas[cls].load(data))
    except ValidationError as error:
        raise UnknownShape(event_type, error.messages) from None


class _ValueField(shapes.String):
    """A text that must be of one kind of `Value`."""

    def __init__(self, kind: type[Value], **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return self.kind(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None


def _schema_of(cls: type, hints: Mapping[str, Any]) -> Schema:
    class Meta:
        unknown = EXCLUDE

    made = {name: _field_of(hint) for name, hint in hints.items()}
    return type(f"{cls.__name__}Schema", (Schema,), {**made, "Meta": Meta})()


def _field_of(hint: Any, **options: Any) -> shapes.Field[Any]:
    inner = _optional(hint)
    if inner is not None:
        return _field_of(inner, allow_none=True, load_default=None)
    options.setdefault("required", "load_default" not in options)
    if get_origin(hint) is tuple:
        return shapes.List(_field_of(get_args(hint)[0]), **options)
    if is_dataclass(hint):
        return shapes.Nested(_schemas[cast(type, hint)], **options)
    if hint is bool:
        return shapes.Boolean(**options)
    if hint is int:
        return shapes.Integer(strict=True, **options)
    if hint is date:
        return shapes.Date(**options)
    return _ValueField(hint, **options)


def _build(cls: type, loaded: Mapping[str, Any]) -> Any:
    return cls(**{name: _built(hint, loaded[name]) for name, hint in _hints[cls].items() if name in loaded})


def _built(hint: Any, value: Any) -> Any:
    hint = _optional(hint) or hint
    if value is None:
        return None
    if get_origin(hint) is tuple:
        return tuple(_built(get_args(hint)[0], item) for item in value)
    return _build(cast(type, hint), value) if is_dataclass(hint) else value


def _optional(hint: Any) -> Any:
    if isinstance(hint, UnionType) or get_origin(hint) is UnionType:
        inner = [item for item in get_args(hint) if item is not NoneType]
        return inner[0] if len(inner) == 1 and NoneType in get_args(hint) else None
    return None


def _refuse_loose(owner: str, name: str, hint: Any) -> None:
    kind = _optional(hint) or hint
    if get_origin(kind) is tuple:
        arguments = get_args(kind)
        if len(arguments) != 2 or arguments[1] is not Ellipsis:
            raise TypeError(f"{owner}.{name}: a tuple in an event is written tuple[X, ...]")
        kind = arguments[0]
    checked = isinstance(kind, type) and issubclass(kind, Value) and kind is not Value
    if not (checked or kind in (bool, int, date) or kind in _schemas):
        raise TypeError(
            f"{owner}.{name}: an event holds codes, identifiers, digests, dates, numbers and cleared texts, not {hint}"
        )


def _fits(value: Any, hint: Any) -> bool:
    inner = _optional(hint)
    if inner is not None:
        return value is None or _fits(value, inner)
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(item, get_args(hint)[0]) for item in value)
    return type(value) is hint
