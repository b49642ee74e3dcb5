"""Comparing two records from a console: the server answers what no desk holds, and only who may decides."""

import pytest

from app.clock import TimeOrderedMint
from app.domain.commands import RegisterProvisionalPerson
from app.domain.double_commands import (
    MergePersons,
    RejectDouble,
    SignalDouble,
    UnmergePersons,
    WithdrawRejection,
)
from app.domain.doubles import Strength
from app.domain.errors import Refusal
from app.domain.words import Sex
from app.queries.doubles import Doubles
from tests.support.proxy import Proxy
from tests.sync.people import SOON_S, Person, SitDown, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]


def _registered(seated: Person, birth_name: str, *, born: str) -> str:
    """Somebody written down at a desk, as the server has it; twice the same may be one human."""
    told = RegisterProvisionalPerson(
        person=TimeOrderedMint().new_id(),
        birth_name=birth_name,
        first_given_name=f"Anne {birth_name}",
        birth_date=born,
        sex=Sex.FEMALE,
        number_raw="06 39 98 00 78",
        service="orthopedie",
    )
    seated.until_settled(seated.console.submit(told).result(SOON_S))
    return told.person


def _compared(seated: Person, person: str) -> Doubles:
    found = seated.console.doubles(person, "doubles").result(SOON_S)
    assert found is not None
    return found


def test_two_records_are_compared_merged_and_parted_by_who_decides(sit_down: SitDown) -> None:
    desk, lead = sit_down("c.morvan"), sit_down("n.bourdin")
    one, other = (_registered(desk, "Le Floch", born="1988-05-12") for _ in range(2))
    (alike,) = _compared(desk, one).doubles
    assert (alike.side.person, alike.is_signalled) == (other, False)
    assert alike.likeness is not None
    assert alike.likeness.strength is Strength.STRONG
    desk.console.submit(SignalDouble(person=one, other=other)).result(SOON_S)
    assert [each.is_signalled for each in _compared(lead, one).doubles] == [True]
    (pair,) = lead.console.to_decide().result(SOON_S).signalled
    assert ({pair.person, pair.other}, pair.names) == ({one, other}, ("LE FLOCH Anne Le Floch",) * 2)
    lead.console.submit(MergePersons(person=other, into=one)).result(SOON_S)
    merged = _compared(lead, other)
    assert (merged.kept.person, [side.person for side in merged.merged]) == (one, [other])
    lead.console.submit(UnmergePersons(person=other)).result(SOON_S)
    assert (_compared(lead, one).merged, _compared(lead, one).doubles) == ((), ())


def test_two_records_told_apart_are_proposed_again_once_it_is_taken_back(sit_down: SitDown) -> None:
    desk, lead = sit_down("c.morvan"), sit_down("n.bourdin")
    one, other = (_registered(desk, "Le Guen", born="1979-09-21") for _ in range(2))
    act = lead.console.submit(RejectDouble(person=one, other=other)).result(SOON_S)
    assert _compared(lead, one).doubles == ()
    undo = WithdrawRejection(person=one, other=other, act=act)
    with pytest.raises(Refusal):
        desk.console.submit(undo).result(SOON_S)
    assert _compared(lead, one).doubles == ()
    lead.console.submit(undo).result(SOON_S)
    assert [each.side.person for each in _compared(lead, one).doubles] == [other]


def test_who_may_only_propose_merges_nothing(sit_down: SitDown) -> None:
    desk = sit_down("c.morvan")
    one, other = (_registered(desk, "Le Bihan", born="1961-07-03") for _ in range(2))
    with pytest.raises(Refusal):
        desk.console.submit(MergePersons(person=other, into=one)).result(SOON_S)
    assert _compared(desk, one).merged == ()


def test_nobody_is_compared_with_who_is_unknown_or_without_the_server(
    sit_down: SitDown, proxy: Proxy
) -> None:
    desk = sit_down("c.morvan")
    assert desk.console.doubles(TimeOrderedMint().new_id(), "doubles").result(SOON_S) is None
    proxy.cut()
    with pytest.raises(Refusal, match="needs_server"):
        desk.console.doubles(TimeOrderedMint().new_id(), "doubles").result(SOON_S)
