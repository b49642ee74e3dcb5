"""A person whom the server let in at a desk sits down there again while it is away, by the same password."""

from datetime import timedelta
from functools import partial
from typing import Any

import msgspec
import pytest

from app.queries.caller_card import caller_card
from app.queries.house import read_house
from app.store import tables
from app.store.engine import writing
from app.store.extracts import read_house_rows
from sync.client.known_people import KNOWN_FOR, TRIES
from sync.client.server import SignInRefused, Unreachable
from sync.server.auth.accounts import put_account
from tests.server.serving import ACCOUNTS, PASSWORD, Served
from tests.support.proxy import Proxy
from tests.sync.people import SOON_S, Person, SitDown, note_of, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]

OTHER_PASSWORD = "un autre mot de passe"


def _leave_and_cut(person: Person, proxy: Proxy) -> None:
    """The console ends, as its machine does, and the wire with it."""
    person.console.stop()
    proxy.cut()


def _bring_back(person: Person, proxy: Proxy) -> None:
    proxy.restore()
    person.console.hurry()


def test_what_is_done_after_a_restart_without_the_server_is_its_author_s_once_it_is_back(
    served: Served, proxy: Proxy, sit_down: SitDown
) -> None:
    person = sit_down("c.morvan")
    seen = note_of(person.console)
    person.until_settled(person.console.submit(seen).result(SOON_S))
    _leave_and_cut(person, proxy)
    assert person.console.sign_in("c.morvan", PASSWORD).name == "Claire Morvan"
    person.console.start()
    assert person.contact(seen.contact).by == "c.morvan"
    mine = person.console.submit(note_of(person.console)).result(SOON_S)
    assert served.scene.find(tables.journal, command_id=mine) is None
    _bring_back(person, proxy)
    person.until_settled(mine)
    row = served.scene.get(tables.journal, command_id=mine)
    assert (row.author, row.refusal) == ("c.morvan", "")


def test_another_password_lets_nobody_in_and_the_third_one_ends_it(proxy: Proxy, sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    _leave_and_cut(person, proxy)
    for left in range(TRIES - 1, -1, -1):
        with pytest.raises(SignInRefused) as no:
            person.console.sign_in("c.morvan", "pas-le-bon")
        assert no.value.tries_left == left
    with pytest.raises(Unreachable):
        person.console.sign_in("c.morvan", PASSWORD)
    _bring_back(person, proxy)
    assert person.console.sign_in("c.morvan", PASSWORD).token
    person.console.start()


def test_a_right_password_gives_the_tries_back(proxy: Proxy, sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    _leave_and_cut(person, proxy)
    for _ in range(2):
        with pytest.raises(SignInRefused):
            person.console.sign_in("c.morvan", "pas-le-bon")
        assert not person.console.sign_in("c.morvan", PASSWORD).token


def test_who_never_sat_here_can_t_without_the_server(proxy: Proxy, sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    _leave_and_cut(person, proxy)
    with pytest.raises(Unreachable):
        person.console.sign_in("s.haddad", PASSWORD)


def test_past_three_days_one_sits_down_at_a_desk_of_the_house_alone(proxy: Proxy, sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    seen = note_of(person.console)
    person.until_settled(person.console.submit(seen).result(SOON_S))
    house = _houses(person)
    assert {"service", "queue", "agent"} <= house.keys()
    _leave_and_cut(person, proxy)
    person.clock.ahead = timedelta(hours=73)
    assert person.console.sign_in("c.morvan", PASSWORD).name == "Claire Morvan"
    person.console.start()
    person.until(lambda: person.links[-1].is_erased, "never told erased")
    assert person.contact(seen.contact) is None
    assert _houses(person) == house
    assert person.console.ask(read_house).result(SOON_S).is_alone


def test_what_is_done_at_a_desk_of_the_house_alone_is_its_author_s_once_the_server_is_back(
    served: Served, proxy: Proxy, sit_down: SitDown
) -> None:
    person = sit_down("c.morvan")
    _leave_and_cut(person, proxy)
    person.clock.ahead = timedelta(hours=73)
    person.console.sign_in("c.morvan", PASSWORD)
    person.console.start()
    seen = note_of(person.console)
    mine = person.console.submit(seen).result(SOON_S)
    card = person.console.ask(
        partial(caller_card, contact=seen.contact, extension="", now=person.clock.now())
    ).result(SOON_S)
    assert card is not None
    assert card.is_erased
    # Closed again before the server is back, it opens again, and what waits waits.
    _leave_and_cut(person, proxy)
    person.console.sign_in("c.morvan", PASSWORD)
    person.console.start()
    assert served.scene.find(tables.journal, command_id=mine) is None
    _bring_back(person, proxy)
    person.until_settled(mine)
    person.until(lambda: not person.links[-1].is_erased, "still told erased")
    assert not person.console.ask(read_house).result(SOON_S).is_alone
    assert served.scene.get(tables.journal, command_id=mine).author == "c.morvan"


def test_who_comes_back_after_a_colleague_s_visit_finds_the_house_too(
    proxy: Proxy, sit_down: SitDown
) -> None:
    person = sit_down("c.morvan")
    person.console.sign_out()
    person.console.sign_in("s.haddad", PASSWORD)
    person.console.start()
    person.until(lambda: len([one for one in person.changes if one.is_whole]) > 1, "no snapshot")
    _leave_and_cut(person, proxy)
    person.clock.ahead = timedelta(hours=73)
    for login in ("s.haddad", "c.morvan"):
        person.console.sign_in(login, PASSWORD)
        person.console.start()
        assert _houses(person)
        person.console.sign_out()


def test_whom_the_server_lets_in_waits_for_its_rows_and_is_not_told_that_they_were_erased(
    proxy: Proxy, sit_down: SitDown
) -> None:
    person = sit_down("c.morvan")
    person.console.stop()
    person.clock.ahead = timedelta(hours=73)
    person.console.sign_in("c.morvan", PASSWORD)
    proxy.cut()
    person.console.start()
    house = person.console.ask(read_house).result(SOON_S)
    assert (house.services, house.is_alone) == ((), False)
    assert not person.links[-1].is_erased
    _bring_back(person, proxy)
    person.until(lambda: bool(_houses(person)), "never filled")


def test_who_was_not_let_in_by_the_server_for_a_month_is_known_no_more_whatever_the_clock_says(
    proxy: Proxy, sit_down: SitDown
) -> None:
    person = sit_down("c.morvan")
    _leave_and_cut(person, proxy)
    person.clock.ahead = KNOWN_FOR - timedelta(hours=1)
    assert person.console.sign_in("c.morvan", PASSWORD).login == "c.morvan"
    person.console.stop()
    for ahead in (KNOWN_FOR + timedelta(hours=1), timedelta(0)):
        person.clock.ahead = ahead
        with pytest.raises(Unreachable):
            person.console.sign_in("c.morvan", PASSWORD)
        person.console.stop()


def test_three_wrong_passwords_close_the_desk_of_the_house_alone(proxy: Proxy, sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    _leave_and_cut(person, proxy)
    person.clock.ahead = timedelta(hours=73)
    for _ in range(TRIES):
        with pytest.raises(SignInRefused):
            person.console.sign_in("c.morvan", "pas-le-bon")
    with pytest.raises(Unreachable):
        person.console.sign_in("c.morvan", PASSWORD)


def _houses(person: Person) -> dict[str, list[Any]]:
    """The house as this desk holds it, less the secret that known numbers are marked with."""
    rows = person.console.ask(read_house_rows).result(SOON_S)
    return {name: sorted(rows[name]) for name in rows if name != "number_key" and rows[name]}


def test_a_password_that_is_no_longer_right_is_asked_again_and_tried_once(
    served: Served, proxy: Proxy, sit_down: SitDown
) -> None:
    person = sit_down("l.tessier")
    _leave_and_cut(person, proxy)
    person.console.sign_in("l.tessier", PASSWORD)
    person.console.start()
    mine = person.console.submit(note_of(person.console)).result(SOON_S)
    nurse = next(one for one in ACCOUNTS if one.login == "l.tessier")
    with writing(served.scene.engine) as connection:
        put_account(connection, served.scene.establishment, nurse, password=OTHER_PASSWORD)
    _bring_back(person, proxy)
    person.until(lambda: person.links[-1].is_signed_out, "never signed out")
    assert served.scene.find(tables.journal, command_id=mine) is None
    _leave_and_cut(person, proxy)
    with pytest.raises(Unreachable):
        person.console.sign_in("l.tessier", PASSWORD)
    _bring_back(person, proxy)
    person.console.sign_in("l.tessier", OTHER_PASSWORD)
    person.console.start()
    person.until_settled(mine)
    assert served.scene.get(tables.journal, command_id=mine).refusal == ""


def test_a_password_typed_again_is_the_one_that_is_known(proxy: Proxy, sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    person.console.sign_in_again(PASSWORD)
    _leave_and_cut(person, proxy)
    assert person.console.sign_in("c.morvan", PASSWORD).login == "c.morvan"


def test_what_is_kept_of_a_session_opens_nothing_at_the_server(proxy: Proxy, sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    session = person.console.session
    assert session.token
    _leave_and_cut(person, proxy)
    kept = person.console.sign_in("c.morvan", PASSWORD)
    assert kept == msgspec.structs.replace(session, token="", refresh="", sitting="")


def test_an_account_whose_access_is_withdrawn_is_known_no_more(
    served: Served, proxy: Proxy, sit_down: SitDown
) -> None:
    person = sit_down("h.lambert")
    served.disable("h.lambert")
    proxy.cut()
    _bring_back(person, proxy)
    person.until(lambda: person.links[-1].is_withdrawn, "never withdrawn")
    _leave_and_cut(person, proxy)
    with pytest.raises(Unreachable):
        person.console.sign_in("h.lambert", PASSWORD)
