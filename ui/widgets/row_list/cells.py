"""What a row of a list is made of."""

import msgspec

from ui.theme import Role
from ui.widgets.tag import TagKind

OWN = -1
"""The width of a cell that is as wide as what it shows; one at the right is never wider than that."""


class Mark(msgspec.Struct, frozen=True):
    """A tag."""

    words: str
    icon: str = ""
    kind: TagKind = "neutral"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One or two lines of a column; one cell of a row has no `width` and takes what is left.

    `aside` and `mark` follow the words on their line; with `icon` it is a disc instead, with `cap` a key.
    """

    words: str = ""
    below: str = ""
    aside: str = ""
    mark: Mark | None = None
    words_icon: str = ""
    cap: str = ""
    icon: str = ""
    icon_kind: TagKind = "neutral"
    below_icon: str = ""
    width: int = 0
    role: Role = Role.BODY
    weight: int = 400
    ink: str = "text.primary"
    below_role: Role = Role.SMALL
    below_ink: str = "text.secondary"
    is_right: bool = False


class Action(msgspec.Struct, frozen=True):
    """A button at the right of a row; filled, with its key, on the current one alone."""

    words: str
    icon: str
    key: str = ""


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row; a heading has no key and is passed over by the arrows.

    `is_ticked` is None where there is no box to tick; `hint` is told under the pointer.
    """

    key: str = ""
    cells: tuple[Cell, ...]
    height: int
    spoken: str = ""
    hint: str = ""
    is_ticked: bool | None = None
    action: Action | None = None
