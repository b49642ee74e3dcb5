"""An account that changes, or is closed: what the desk holds follows at once, and nothing typed is lost."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from app.domain.words import Role
from app.store import tables
from app.store.account_tables import held_command
from sync.protocol.messages import BEAT_SECONDS
from sync.server.auth.accounts import Account
from tests.server.serving import PASSWORD, Served
from tests.support.proxy import Proxy
from tests.sync.people import SOON_S, Person, SitDown, note_of, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]
WITHIN_S = BEAT_SECONDS + SOON_S


def _put(served: Served, login: str, *, service: str, role: Role = Role.RECEPTIONIST) -> None:
    account = Account(login=login, name="Essai", role=role, services=(service,), extension="4997")
    served.put(account)


def _change(served: Served, login: str, **values: str) -> None:
    with served.scene.engine.begin() as connection:
        connection.execute(sa.update(tables.account).filter_by(login=login).values(**values))


def _leave_a_note(person: Person) -> str:
    note = note_of(person.console)
    person.until_settled(person.console.submit(note).result(SOON_S))
    return note.contact


@pytest.mark.slow
def test_who_moves_to_another_service_holds_it_at_once_and_no_longer_the_first(
    served: Served, sit_down: SitDown
) -> None:
    _put(served, "moves", service="orthopedie")
    there = _leave_a_note(sit_down("h.lambert"))
    person = sit_down("moves")
    here = _leave_a_note(person)
    assert (person.contact(here) is not None, person.contact(there)) == (True, None)
    _change(served, "moves", services="standard")
    person.until(lambda: person.contact(there) is not None, "never moved", within=WITHIN_S)
    assert person.contact(here) is None


@pytest.mark.parametrize("console", ["open", "closed"])
def test_a_move_that_the_desk_did_not_hear_of_is_seen_when_it_comes_back(
    console: str, served: Served, proxy: Proxy, sit_down: SitDown
) -> None:
    login = f"unheard-{console}"
    _put(served, login, service="orthopedie")
    person = sit_down(login)
    here = _leave_a_note(person)
    if console == "open":
        proxy.cut()
        person.until(lambda: not person.links[-1].is_online, "never offline")
    else:
        person.console.stop()
    _change(served, login, services="standard")
    proxy.restore()
    person = person if console == "open" else sit_down(login, is_new=False)
    person.until(lambda: person.contact(here) is None, "the first service is still held")


def _bar(served: Served, login: str) -> None:
    _change(served, login, role=Role.ADMINISTRATOR.value)


@pytest.mark.slow
@pytest.mark.parametrize("withdraw", [Served.disable, Served.revoke, _bar])
def test_what_is_known_of_persons_is_erased_when_access_is_withdrawn(
    withdraw: Callable[[Served, str], None], served: Served, proxy: Proxy, sit_down: SitDown
) -> None:
    login = f"leaves{withdraw.__name__}"
    _put(served, login, service="orthopedie")
    person = sit_down(login)
    seen = _leave_a_note(person)
    # Whether the feed was open or not, the desk learns it from its next word with the server.
    proxy.cut()
    person.until(lambda: not person.links[-1].is_online, "never offline")
    kept = note_of(person.console)
    command_id = person.console.submit(kept).result(SOON_S)
    withdraw(served, login)
    proxy.restore()
    person.until(lambda: person.links[-1].is_withdrawn, "never erased", within=WITHIN_S)
    assert person.links[-1].is_erased
    assert person.contact(seen) is None
    if withdraw is Served.disable:
        person.until(lambda: served.scene.find(held_command, id=command_id) is not None, "lost")
    else:
        assert person.contact(kept.contact).body == kept.text


@pytest.mark.slow
def test_an_open_feed_is_told_and_the_password_brings_everything_back(
    served: Served, sit_down: SitDown
) -> None:
    _put(served, "told", service="orthopedie")
    person = sit_down("told")
    seen = _leave_a_note(person)
    served.revoke("told")
    person.until(lambda: person.links[-1].is_withdrawn, "never erased", within=WITHIN_S)
    assert (person.links[-1].is_signed_out, person.contact(seen)) == (True, None)
    person.console.sign_in_again(PASSWORD)
    person.until(lambda: person.contact(seen) is not None, "never back")
    person.until(lambda: not person.links[-1].is_erased, "still told erased")
