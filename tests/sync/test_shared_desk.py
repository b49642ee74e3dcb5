"""Several people at one desk: what one did is sent when another sits there, or nobody, and shown to none."""

import time
from collections.abc import Callable

import msgspec
import sqlalchemy as sa

from app.store import tables
from app.store.account_tables import desk
from sync.server.auth.desks import readmit_desk, revoke_desk
from tests.server.serving import PASSWORD, Served
from tests.support.proxy import Proxy
from tests.support.scene import MORNING
from tests.sync.people import SOON_S, Person, SitDown, note_of, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]


def _soon(is_so: Callable[[], bool], what: str) -> None:
    """Nobody sits there to be told: look, for a while."""
    ends = time.monotonic() + 2 * SOON_S
    while not is_so():
        assert time.monotonic() < ends, what
        time.sleep(0.05)


def _save_offline(person: Person, proxy: Proxy) -> str:
    proxy.cut()
    person.until(lambda: not person.links[-1].is_online, "never offline")
    return person.console.submit(note_of(person.console)).result(SOON_S)


def _desks(served: Served) -> set[str]:
    with served.scene.engine.connect() as connection:
        return set(connection.execute(sa.select(desk.c.id)).scalars())


def _sit_down(served: Served, sit_down: SitDown, login: str) -> tuple[Person, str]:
    """Somebody at a new desk, and the id under which the server knows that desk."""
    before = _desks(served)
    person = sit_down(login)
    _soon(lambda: _desks(served) > before, "never enrolled")
    (known_as,) = _desks(served) - before
    return person, known_as


def test_what_an_author_left_is_sent_when_he_has_signed_out(
    served: Served, proxy: Proxy, sit_down: SitDown
) -> None:
    person, known_as = _sit_down(served, sit_down, "c.morvan")
    left = _save_offline(person, proxy)
    person.console.sign_out()
    proxy.restore()
    _soon(lambda: served.scene.find(tables.journal, command_id=left) is not None, "never sent")
    row = served.scene.get(tables.journal, command_id=left)
    assert (row.author, row.desk, row.refusal) == ("c.morvan", known_as, "")


def test_what_an_author_left_is_sent_by_who_comes_next_also_after_a_restart(
    served: Served, proxy: Proxy, sit_down: SitDown
) -> None:
    person, known_as = _sit_down(served, sit_down, "c.morvan")
    left = _save_offline(person, proxy)
    person.console.stop()
    proxy.restore()
    person.console.sign_in("s.haddad", PASSWORD)
    person.console.start()
    _soon(lambda: served.scene.find(tables.journal, command_id=left) is not None, "never sent")
    row = served.scene.get(tables.journal, command_id=left)
    assert (row.author, row.desk) == ("c.morvan", known_as)
    assert served.scene.get(desk, id=known_as).enrolled_by == "c.morvan"


def test_who_signs_out_may_sign_in_again_and_so_may_another(sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    seen = note_of(person.console)
    person.until_settled(person.console.submit(seen).result(SOON_S))
    for login in ("h.lambert", "c.morvan"):
        person.console.sign_out()
        person.console.sign_in(login, PASSWORD)
        person.console.start()
        mine = note_of(person.console)
        person.until_settled(person.console.submit(mine).result(SOON_S))
        assert person.contact(mine.contact).by == login
    assert person.contact(seen.contact).by == "c.morvan"


def test_a_refusal_is_shown_to_its_author_and_put_away_by_nobody_else(sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    wrong = note_of(person.console)
    unknown = msgspec.structs.replace(wrong, service="unheard-of")
    refused = person.console.submit(unknown).result(SOON_S)
    person.until_settled(refused)
    person.console.sign_out()
    person.console.sign_in("s.haddad", PASSWORD)
    person.console.start()
    assert person.console.sendings().result(SOON_S) == []
    person.console.dismiss(refused).result(SOON_S)
    person.console.sign_out()
    person.console.sign_in("c.morvan", PASSWORD)
    person.console.start()
    assert [one.command for one in person.console.sendings().result(SOON_S)] == [refused]


def test_a_desk_that_was_revoked_stays_so_and_loses_nothing_until_an_administrator_says_otherwise(
    served: Served, sit_down: SitDown
) -> None:
    person, first = _sit_down(served, sit_down, "c.morvan")
    with served.scene.engine.begin() as connection:
        assert revoke_desk(connection, served.scene.establishment, first, now=MORNING)
    saved = person.console.submit(note_of(person.console)).result(SOON_S)
    person.console.sign_out()
    person.console.sign_in("s.haddad", PASSWORD)
    person.console.start()
    other = person.console.submit(note_of(person.console)).result(SOON_S)
    person.until(lambda: person.links[-1].is_online and person.links[-1].waiting > 0, "never online")
    assert served.scene.find(tables.journal, command_id=saved) is None
    with served.scene.engine.begin() as connection:
        assert readmit_desk(connection, served.scene.establishment, first)
    third = person.console.submit(note_of(person.console)).result(SOON_S)
    for command in (other, third):
        person.until_settled(command)
    assert {served.scene.get(tables.journal, command_id=one).desk for one in (saved, other, third)} == {first}
