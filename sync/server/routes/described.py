"""What `/openapi.json` says of the bodies that routes read by themselves, past the framework."""

from functools import cache
from typing import Any

import msgspec
from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin

from app.domain.ids import UUID_PATTERN
from sync.protocol.messages import MAX_COMMANDS, CommandMessage
from sync.server.auth.judging import RULES

_COMPONENTS = "#/components/schemas/"
_TEXT = {"type": "string"}
_MOMENT = {"type": "string", "format": "date-time"}
_CTI = {
    "type": "object",
    "required": ["event", "callId", "direction"],
    "properties": {
        "event": {"enum": ["newCall", "answer", "hangup"]},
        "callId": {"type": "string", "minLength": 1, "maxLength": 250},
        "direction": {"enum": ["in", "out"]},
        **dict.fromkeys(("from", "to", "queue", "answeringNumber", "cause"), _TEXT),
        "user": {"type": "array", "items": _TEXT},
        "startedAt": _MOMENT,
        "duration": {"type": "string", "pattern": "^[0-9]{1,3}:[0-9]{2}:[0-9]{2}$"},
    },
}
_VOICEMAIL = {
    "type": "object",
    "required": ["mailbox", "message", "audio"],
    "properties": {"mailbox": _TEXT, "message": _TEXT, "audio": {"type": "string", "format": "binary"}},
}


class Described(JsonRenderPlugin):
    """The framework's description, completed."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The whole, as JSON."""
        return msgspec.json.encode(_completed(openapi_schema))


def _completed(described: dict[str, Any]) -> dict[str, Any]:
    paths, components = described["paths"], described["components"]
    of_commands, schemas = _commands()
    bodies = {
        "/v1/commands": _body(of_commands, "application/json"),
        "/hooks/cti/{token}": _body(_CTI, "application/json", "application/x-www-form-urlencoded"),
        "/hooks/voicemail/{token}": _body(_VOICEMAIL, "multipart/form-data"),
    }
    taking = {path: {"post": paths[path]["post"] | {"requestBody": body}} for path, body in bodies.items()}
    known = {"schemas": schemas | components["schemas"]}
    return described | {"paths": paths | taking, "components": components | known}


def _body(schema: dict[str, Any], *media_types: str) -> dict[str, Any]:
    return {"required": True, "content": {each: {"schema": schema} for each in media_types}}


@cache
def _commands() -> tuple[dict[str, Any], dict[str, Any]]:
    """A batch of the commands that persons send, and what its schema refers to."""
    kinds = [*RULES]
    (message, *bodies), schemas = msgspec.json.schema_components(
        (CommandMessage, *kinds), ref_template=_COMPONENTS + "{name}"
    )
    of_all = {"id": {"type": "string", "pattern": UUID_PATTERN}, "made_at": _MOMENT}
    one_of = [
        {"allOf": [message, {"properties": of_all | {"kind": {"enum": [kind.__name__]}, "body": body}}]}
        for kind, body in zip(kinds, bodies, strict=True)
    ]
    batch = {"type": "array", "maxItems": MAX_COMMANDS, "items": {"oneOf": one_of}}
    return {"type": "object", "required": ["commands"], "properties": {"commands": batch}}, schemas
