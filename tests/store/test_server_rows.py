"""Facts that leave something on the server alone are known by their kind, and none is left out."""

from typing import Any, cast, get_args

import pytest
import sqlalchemy as sa

from app.domain.facts import AnyFact
from app.store.rows import Rows
from app.store.server_rows import KEPT, keep_each
from tests.support.samples import sample

KINDS: tuple[type[Any], ...] = get_args(AnyFact)


class TouchedError(Exception):
    """Something was asked of the database."""


class Untouchable:
    """Stands where rows and a connection do, and may not be used."""

    def __getattr__(self, name: str) -> Any:
        raise TouchedError(name)


def _touches(kind: type[Any]) -> bool:
    given = {name: ("x",) for name in ("contacts", "commitments") if name in kind.__struct_fields__}
    nothing: Any = Untouchable()
    try:
        keep_each(cast("Rows", nothing), cast("sa.Connection", nothing), "h", [sample(kind, **given)])
    except TouchedError:
        return True
    return False


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_is_kept_exactly_when_it_leaves_something(kind: type[Any]) -> None:
    assert _touches(kind) == (kind in KEPT)
