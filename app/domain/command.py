"""What every command is, and the kinds of its fields."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, cast

import msgspec

Short = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=4000)]
At = Annotated[datetime, msgspec.Meta(tz=True)]
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""What happens here does between them: beyond, a row could be written that nobody can read any more."""


class Command(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="kind",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Decoded strictly: an unknown field is a mistake of its author.

    What is at its default is not sent, so that a server one version behind takes what it can do.
    """


def is_dated(moment: datetime) -> bool:
    """Whether a moment (aware) is between `FIRST` and `LAST`."""
    return FIRST <= moment <= LAST


def misdated(value: Any, field: str = "") -> Iterator[str]:
    """The fields of a message whose moment is before `FIRST` or after `LAST`, as paths from it."""
    match value:
        case datetime() if not is_dated(value):
            yield field
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from misdated(getattr(value, name), f"{field}.{name}" if field else name)
        case tuple():
            for at, each in enumerate(cast("tuple[Any, ...]", value)):
                yield from misdated(each, f"{field}[{at}]")
        case _:
            return
