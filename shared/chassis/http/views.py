"""Routes: what a service declares of its HTTP interface. What happens to a request is in `handling`."""

from collections.abc import Callable
from http import HTTPStatus

import marshmallow as ma
from flask import Response
from flask_smorest import Blueprint

from shared.chassis.http import handling, pagination
from shared.chassis.http.body import MAX_BODY
from shared.chassis.http.description import describe
from shared.chassis.http.fields import EMPTY
from shared.chassis.http.handling import Operation, View

SchemaLike = type[ma.Schema] | ma.Schema


class Routes(Blueprint):
    """A group of operations. Register it with the service; the application binds it to a runtime."""

    def __init__(self, name: str, *, description: str) -> None:
        super().__init__(name, __name__, description=description)
        self.operations: list[Operation] = []

    def command(
        self,
        method: str,
        rule: str,
        *,
        action: str,
        body: SchemaLike | None = None,
        returns: SchemaLike | None = None,
        status: int | None = None,
        creates: bool = False,
        versioned: bool = False,
        parameters: SchemaLike | None = None,
        media_types: tuple[str, ...] = (),
        max_body: int = MAX_BODY,
    ) -> Callable[[View], View]:
        """Declare something that changes state: `view(uow, body, **path)`.

        `body` is a schema, and the view gets the loaded dict; with `media_types` it gets an `Upload` of up to
        `max_body` bytes; with neither there is no such argument. `parameters` is the schema of the query string
        and comes as the keyword `parameters`. `creates` answers 201 with Location from `links.self` and honours
        Idempotency-Key. `versioned` asks for If-Match. Without `returns` the answer is 204.
        """
        usual = HTTPStatus.CREATED if creates else HTTPStatus.OK if returns else HTTPStatus.NO_CONTENT

        def declare(view: View) -> View:
            operation = Operation(
                name=view.__name__,
                method=method,
                rule=rule,
                view=view,
                action=action,
                status=int(status or usual),
                body=_instance(body),
                returns=_instance(returns),
                parameters=_instance(parameters) or EMPTY,
                creates=creates,
                versioned=versioned,
                media_types=media_types,
                max_body=max_body,
            )
            self._declare(operation, handling.run_command)
            return view

        return declare

    def query(
        self,
        rule: str,
        *,
        action: str,
        returns: SchemaLike | None = None,
        parameters: SchemaLike | None = None,
        produces: tuple[str, ...] = (),
    ) -> Callable[[View], View]:
        """Declare something that only looks: `view(uow, **path)`, and `parameters` where declared.

        It returns what `returns` shows, or a `Document` of one of the media types that it `produces`.
        """

        def declare(view: View) -> View:
            operation = Operation(
                name=view.__name__,
                method="GET",
                rule=rule,
                view=view,
                action=action,
                status=200,
                returns=_instance(returns),
                parameters=_instance(parameters) or EMPTY,
                produces=produces,
            )
            self._declare(operation, handling.run_query)
            return view

        return declare

    def page(
        self, rule: str, *, action: str, returns: SchemaLike, filters: type[ma.Schema] = ma.Schema
    ) -> Callable[[View], View]:
        """Declare a list: `view(uow, filters, **path)` returns (select, key_columns) or, where rows need more
        before they are shown, (select, key_columns, function from the page's rows to what is shown)."""
        searched = type(f"{filters.__name__}OfPage", (pagination.PageSchema, filters), {})()

        def declare(view: View) -> View:
            operation = Operation(
                name=view.__name__,
                method="GET",
                rule=rule,
                view=view,
                action=action,
                status=200,
                returns=_instance(returns),
                parameters=searched,
                paged=True,
            )
            self._declare(operation, handling.run_page)
            return view

        return declare

    def _declare(self, operation: Operation, run: Callable[[Operation, dict[str, str]], Response]) -> None:
        def handle(**path: str) -> Response:
            return run(operation, path)

        handle.__name__ = operation.name
        handle.__doc__ = operation.view.__doc__
        self.operations.append(operation)
        self.add_url_rule(
            operation.rule, operation.name, self.doc(**describe(operation))(handle), methods=[operation.method]
        )


def _instance(schema: SchemaLike | None) -> ma.Schema | None:
    return schema() if isinstance(schema, type) else schema
