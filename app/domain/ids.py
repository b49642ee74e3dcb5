"""Names of things: who mints an identifier, and how two authors mint the same one."""

import uuid
from typing import Annotated

import msgspec

UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

Id = Annotated[str, msgspec.Meta(pattern=UUID_PATTERN)]
"""A lower-case UUID with dashes: version 7 when a person's act mints it, 5 when it is derived."""

_NAMESPACE = uuid.UUID("5b0f6c2e-6f5e-5d38-9a11-5f1e9a0c7d42")


def derived_id(*parts: str) -> Id:
    """The same identifier for the same parts, whoever computes it (UUIDv5)."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))
