"""What an exchange posts, in each of the forms that Zammad publishes."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from urllib.parse import urlencode

Fields: TypeAlias = Mapping[str, str | Sequence[str]]
Posted: TypeAlias = tuple[str, bytes]
"""The content type and the body."""
CALL = "307fa962-de8d-4ffc-817b-7f6993204159"
CALLER, WELCOME = "33639980001", "33199001001"


def as_json(fields: Fields) -> Posted:
    return "application/json", json.dumps(dict(fields)).encode()


def as_form(fields: Fields) -> Posted:
    return "application/x-www-form-urlencoded", urlencode(_pairs(fields)).encode()


def as_parts(fields: Fields) -> Posted:
    """As `curl --form` writes it."""
    edge = "------------------------d74496d66958873e"
    parts = "".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in _pairs(fields)
    )
    return f"multipart/form-data; boundary={edge}", f"{parts}--{edge}--\r\n".encode()


WAYS = {"json": as_json, "form": as_form, "parts": as_parts}


def _pairs(fields: Fields) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in fields.items():
        if isinstance(value, str):
            pairs.append((name, value))
        else:
            pairs += [(f"{name}[]", each) for each in value]
    return pairs


def incoming(event: str, call: str = CALL, **more: str | Sequence[str]) -> dict[str, str | Sequence[str]]:
    """A message of a call from outside."""
    return {"event": event, "from": CALLER, "to": WELCOME, "direction": "in", "callId": call, **more}


def outgoing(event: str, call: str = CALL, **more: str | Sequence[str]) -> dict[str, str | Sequence[str]]:
    """A message of a call of ours."""
    return {"event": event, "from": WELCOME, "to": CALLER, "direction": "out", "callId": call, **more}
