"""Somebody close said at one desk: counted at every desk that holds the person, named at none."""

import time
from functools import partial

import pytest
import sqlalchemy as sa

from app.clock import TimeOrderedMint
from app.domain.commands import RegisterProvisionalPerson
from app.domain.errors import Refusal
from app.domain.relative_commands import SayRelative, WithdrawRelative
from app.domain.relatives import Compared, Likeness, RelativeRole
from app.domain.words import Sex
from app.store.relatives import count_relatives, relatives_at
from tests.support.proxy import Proxy
from tests.sync.people import SOON_S, Person, SitDown, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]

NUMBER, E164 = "06 39 98 00 43", "+33639980043"


def _registered(seated: Person) -> str:
    told = RegisterProvisionalPerson(
        person=TimeOrderedMint().new_id(),
        birth_name="Le Floch",
        first_given_name="Anne",
        birth_date="1988-05-12",
        sex=Sex.FEMALE,
        number_raw="06 39 98 00 44",
        service="orthopedie",
    )
    seated.until_settled(seated.console.submit(told).result(SOON_S))
    return told.person


def _said(seated: Person, person: str) -> str:
    command = SayRelative(
        person=person, full_name="Yann Quéméneur", role=RelativeRole.TRUSTED, number_raw=NUMBER
    )
    return seated.console.submit(command).result(SOON_S)


def _until_counted(seated: Person, person: str, count: int) -> None:
    end = time.monotonic() + SOON_S
    asked = partial(_count, person)
    while (found := seated.console.ask(asked).result(SOON_S)) != count:
        assert time.monotonic() < end, f"{found} are counted"
        time.sleep(0.05)


def _count(person: str, held: sa.Connection, house: str) -> int:
    return count_relatives(held, house, [person])


def _all_that_is_held(seated: Person) -> str:
    def read(held: sa.Connection, _house: str) -> str:
        every = sa.MetaData()
        every.reflect(held)
        return repr([held.execute(sa.select(table)).all() for table in every.tables.values()])

    return seated.console.ask(read).result(SOON_S)


def _compared(seated: Person, person: str, name: str) -> Compared | None:
    return seated.console.compare_relative(person, name, RelativeRole.TRUSTED, "relative").result(SOON_S)


def test_a_relative_said_at_a_desk_is_counted_and_known_by_number_and_named_at_none(
    sit_down: SitDown,
) -> None:
    desk, other = sit_down("c.morvan"), sit_down("n.bourdin")
    person = _registered(desk)
    act = _said(desk, person)
    for each in (desk, other):
        _until_counted(each, person, 1)
        (row,) = each.console.ask(lambda held, house: relatives_at(held, house, E164)).result(SOON_S)
        assert (row.person, row.role) == (person, "trusted")
        held = _all_that_is_held(each)
        assert ("Anne" in held, "méneur" in held) == (True, False)
    assert _compared(other, person, "quemeneur yann") == Compared(likeness=Likeness.MATCHES, relative=act)
    other.console.submit(WithdrawRelative(person=person, relative=act)).result(SOON_S)
    _until_counted(desk, person, 0)
    assert _compared(desk, person, "Yann Quéméneur") == Compared(likeness=Likeness.DIFFERS)


def test_without_the_server_nothing_is_compared_nor_kept_for_later(sit_down: SitDown, proxy: Proxy) -> None:
    desk = sit_down("c.morvan")
    person = _registered(desk)
    assert _compared(desk, TimeOrderedMint().new_id(), "Yann Quéméneur") is None
    proxy.cut()
    with pytest.raises(Refusal, match="needs_server"):
        _compared(desk, person, "Yann Quéméneur")
    with pytest.raises(Refusal, match="needs_server"):
        _said(desk, person)
    assert desk.console.sendings().result(SOON_S) == []
