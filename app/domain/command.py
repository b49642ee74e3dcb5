"""What every command is, and the kinds of its fields."""

from datetime import datetime
from typing import Annotated

import msgspec

Short = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=4000)]
At = Annotated[datetime, msgspec.Meta(tz=True)]


class Command(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="kind",
    forbid_unknown_fields=True,
):
    """Decoded strictly: an unknown field is a mistake of its author."""
