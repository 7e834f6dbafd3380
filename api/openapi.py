"""The API's description completed with what holds for every address: problems, tokens, validators."""

from __future__ import annotations

from typing import Any

_SCOPES = {
    ("post", "/api/v1/articles"): "ingest",
    ("delete", "/api/v1/articles/{article_id}"): "ingest",
    ("patch", "/api/v1/quotes/{quote_id}"): "correct",
    ("delete", "/api/v1/quotes/{quote_id}/corrections/{correction_id}"): "correct",
}
_METHODS = ("get", "post", "put", "patch", "delete")
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_MEANINGS = {
    400: "The request is not well-formed.",
    401: "A token is needed, or the one sent is not valid.",
    403: "The token does not allow this, or this server only reads.",
    404: "Nothing has that id.",
    406: "There is no form of it that the Accept header allows.",
    413: "The body or the text is too long.",
    415: "The body is not JSON.",
    422: "A parameter or field is unknown or has a value it cannot have, or a search makes no sense.",
    429: "Too many requests: `Retry-After` says when to go on.",
    503: "The database is busy or cannot be used, or the answer took too long to find.",
    507: "The disk is full.",
}


def complete(description: dict[str, Any]) -> dict[str, Any]:
    """Return a description with what the views need not repeat."""
    for path, item in description["paths"].items():
        for method in _METHODS:
            if method in item:
                _complete_operation(path, method, item[method])
    description["components"].pop("responses", None)
    description["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "Made with `quotes token create`; reading needs none, unless the server is private.",
        }
    }
    return description


def _complete_operation(path: str, method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("default", None)
    for status in _statuses(path, method, operation):
        responses[str(status)] = {"description": _MEANINGS[status], "content": _PROBLEM}
    if method == "get" and path.startswith("/api/"):
        responses["304"] = {"description": "It has not changed since."}
    if (method, path) == ("get", "/api/v1/quotes/{quote_id}"):
        responses["308"] = {"description": "A newer reader gave it another id."}
    scope = _SCOPES.get((method, path))
    if scope is not None:
        operation["security"] = [{"token": []}]
        operation["description"] = (
            f"{operation.get('description', '')}\n\nNeeds a token of scope `{scope}`.".strip()
        )
    elif path.startswith("/api/"):
        operation["security"] = [{}, {"token": []}]


def _statuses(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    statuses = [422]
    if path.startswith("/api/"):
        statuses += [401, 403, 429, 503]
    if path == "/readyz":
        statuses.append(503)
    if "{" in path:
        statuses.append(404)
    if "requestBody" in operation:
        statuses += [400, 413, 415]
    if path == "/api/v1/quotes/{quote_id}" and method == "get":
        statuses.append(406)
    if (method, path) in _SCOPES:
        statuses.append(507)
    return statuses
