"""Parameters and bodies checked against their schemas, with a sentence for each that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, NoReturn, TypeVar, cast

import flask_smorest
import orjson
from flask import Request, request
from marshmallow import RAISE, Schema, ValidationError, missing
from rapidfuzz import fuzz, process
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict

from api.problems import ProblemError, field_error

_View = TypeVar("_View", bound=Callable[..., Any])
_UNKNOWN = "Unknown field."


class Parser(FlaskParser):  # type: ignore[misc, unused-ignore]
    """Checks what comes in, and answers what is wrong with a problem document."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"query": RAISE, "json": RAISE}  # noqa: RUF012  (webargs has it so)

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Return the body."""
        if not req.is_json:
            given = f"It is {req.mimetype}" if req.mimetype else "It says nothing of what it is"
            raise ProblemError(
                "unsupported-media-type",
                f"The body must be JSON. {given}: send it with Content-Type: application/json.",
            )
        try:
            return orjson.loads(req.get_data(cache=False))
        except orjson.JSONDecodeError as error:
            raise ProblemError("bad-request", f"The body is not valid JSON: {error}.") from error

    def handle_error(
        self,
        error: ValidationError,
        req: Request,
        schema: Schema,
        *,
        error_status_code: Any,
        error_headers: Any,
    ) -> NoReturn:
        """Say what is wrong with which parameter or field."""
        messages: Mapping[str, Any] = error.messages  # type: ignore[assignment]
        ((location, of_location),) = messages.items()
        raise _problem(of_location, schema, "body" if location == "json" else "query")


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc, unused-ignore]
    """A resource: its views, and what the API's description says of them."""

    ARGUMENTS_PARSER = Parser()

    def route(self, rule: str, **options: Any) -> Callable[[_View], _View]:
        """Let a view answer an address; its docstring describes it."""
        decorator: Callable[[_View], _View] = super().route(rule, **options)
        return decorator

    def arguments(self, schema: type[Schema], **options: Any) -> Callable[[_View], _View]:
        """Let a view take parameters, or a body, as a schema has them."""
        # A schema made once is not made, with a copy of every field, for each request.
        fixed = schema()
        document: Callable[[_View], _View] = super().arguments(fixed, **options)
        if options.get("location") != "query":
            return document

        def decorate(view: _View) -> _View:
            @wraps(document(view))
            def parse(**path: Any) -> Any:
                return view(query_arguments(fixed, request.args), **path)

            return cast("_View", parse)

        return decorate

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[[_View], _View]:
        """Describe what a view answers; it serialises that for itself."""
        decorator: Callable[[_View], _View] = super().response(status_code, schema, **options)
        return decorator

    def alt_response(self, status_code: int, **options: Any) -> Callable[[_View], _View]:  # type: ignore[override, unused-ignore]
        """Describe what else a view may answer."""
        decorator: Callable[[_View], _View] = super().alt_response(status_code, **options)
        return decorator


def query_arguments(schema: Schema, given: MultiDict[str, str]) -> dict[str, Any]:
    """Return the parameters of a request, each of which can be given once.

    The same as ``schema.load``, which looks for every field there is, for those that are given alone.

    :raises ProblemError: A parameter is unknown, or has a value that it cannot have.
    """
    fields = {field.data_key or name: field for name, field in schema.fields.items()}
    loaded: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for name, value in given.items():
        if len(given.getlist(name)) > 1:
            messages[name] = ["It is given more than once: give it once."]
        elif name not in fields:
            messages[name] = [_UNKNOWN]
        else:
            try:
                loaded[str(fields[name].name)] = fields[name].deserialize(value, name, given)
            except ValidationError as error:
                messages[name] = error.messages
    if messages:
        raise _problem(messages, schema, "query")
    for name, field in schema.fields.items():
        if name not in loaded and field.load_default is not missing:
            loaded[name] = field.load_default
    return loaded


def no_parameters() -> None:
    """Refuse any parameter, where none means anything."""
    for name in request.args:
        raise ProblemError(
            "unknown-parameter",
            f"“{name}”: there is no such parameter; this address takes none.",
            [
                field_error(
                    "query", f"/{_escaped(name)}", "There is no such parameter; this address takes none."
                )
            ],
        )


def _problem(messages: Any, schema: Schema, place: str) -> ProblemError:
    found = list(_field_errors(messages, schema, place))
    is_unknown = [each["pointer"] for each in found if each.pop("unknown", None)]
    first = next((each for each in found if each["pointer"] in is_unknown), found[0])
    name, detail = first["pointer"].lstrip("/"), first["detail"]
    if name:
        detail = f"“{name}”: {detail[:1].lower()}{detail[1:]}"
    return ProblemError("unknown-parameter" if is_unknown else "invalid", detail, found)


def _field_errors(messages: Any, schema: Schema, place: str, path: str = "") -> Iterator[dict[str, Any]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            pointer = path if name == "_schema" else f"{path}/{_escaped(str(name))}"
            if inner == [_UNKNOWN]:
                detail = _no_such(str(name), _schema_at(schema, path), place)
                yield {**field_error(place, pointer, detail), "unknown": True}
            else:
                yield from _field_errors(inner, schema, place, pointer)
    else:
        for message in messages if isinstance(messages, list) else [messages]:
            yield field_error(place, path, str(message))


def _no_such(name: str, schema: Schema, place: str) -> str:
    what = "parameter" if place == "query" else "field"
    names = [field.data_key or key for key, field in schema.fields.items() if not field.dump_only]
    if not names:
        return f"There is no such {what}; this address takes none."
    nearest, *_ = process.extractOne(name, names, scorer=fuzz.ratio)
    return f"There is no such {what}; the nearest is “{nearest}”, and there are {', '.join(sorted(names))}."


def _schema_at(schema: Schema, path: str) -> Schema:
    for name in filter(None, path.split("/")):
        field = schema.fields.get(name)
        schema = getattr(field, "schema", schema)
    return schema


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
