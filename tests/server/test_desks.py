"""A desk hands over what anybody did at it: whose word it is believed for, and what is kept for later."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import requests
import sqlalchemy as sa

from app.dispatch import Settled
from app.domain.commands import AnyCommand, NoteContact
from app.domain.words import Channel, Role
from app.store import held, journal, tables
from app.store.account_tables import desk, held_command, sitting
from app.store.engine import writing
from sync.protocol.messages import CommandMessage, to_message
from sync.protocol.signing import SittingKey
from sync.server.auth.accounts import Account, change_account
from sync.server.auth.desks import revoke_desk
from sync.server.auth.tokens import hash_token
from sync.server.bootstrap.held_commands import NotHeld, discard_held, run_held
from tests.server.serving import PASSWORD, PATIENCE_S, Served
from tests.support.scene import MORNING, SteppedClock


class At:
    """A desk of its own, and those who sat there."""

    def __init__(self, served: Served, by: str = "c.morvan") -> None:
        self.served = served
        answer = served.call("POST", "/v1/desks", login=by)
        assert answer.status_code == 200, answer.text
        self.credential: str = answer.json()["credential"]
        self.id = self.credential.partition(".")[0]

    def signed(self, login: str, body: AnyCommand | None = None, **changes: Any) -> CommandMessage:
        """What somebody did here."""
        session = self.served.session(login)
        body = body or _note(self.served)
        message = to_message(self.served.scene.envelope(body, author=login))
        message = msgspec.structs.replace(message, **{"sitting": session["sitting"]} | changes)
        return msgspec.structs.replace(message, tag=self.served.keys[login].tag_of(message))

    def send(self, *messages: CommandMessage) -> requests.Response:
        """Hand over, as the desk does: without anybody's token."""
        return requests.post(
            f"{self.served.url}/v1/commands",
            data=msgspec.json.encode({"commands": messages}),
            headers={"Authorization": f"Desk {self.credential}", "Content-Type": "application/json"},
            timeout=PATIENCE_S,
        )

    def states(self, *messages: CommandMessage) -> list[tuple[str, str]]:
        """What became of each, and why."""
        return [(state["state"], state.get("refusal", "")) for state in self.send(*messages).json()]


LOOPBACK = "127.0.0.1"


@pytest.fixture
def at(served: Served) -> At:
    return At(served)


def _note(served: Served) -> NoteContact:
    return NoteContact(
        contact=served.scene.new_id(), channel=Channel.DESK, service="orthopedie", happened_at=MORNING
    )


def _account(login: str, role: Role = Role.RECEPTIONIST) -> Account:
    return Account(login=login, name="Essai", role=role, services=("orthopedie",), extension="4996")


def _add(served: Served, login: str, role: Role = Role.RECEPTIONIST) -> None:
    served.put(_account(login, role))


def _held(served: Served, message: CommandMessage) -> sa.Row[Any] | None:
    return served.scene.find(held_command, id=message.id)


def test_a_desk_hands_over_what_several_authors_did_and_the_journal_names_both(at: At) -> None:
    messages = [at.signed("c.morvan"), at.signed("s.haddad"), at.signed("c.morvan")]
    assert at.states(*messages) == [("done", "")] * 3
    rows = [at.served.scene.get(tables.journal, command_id=message.id) for message in messages]
    assert [(row.author, row.desk) for row in rows] == [
        ("c.morvan", at.id),
        ("s.haddad", at.id),
        ("c.morvan", at.id),
    ]


def test_what_an_author_did_before_signing_out_is_done_though_nobody_holds_a_token(at: At) -> None:
    _add(at.served, "gone-home")
    left = at.signed("gone-home")
    with writing(at.served.scene.engine) as connection:
        connection.execute(sa.delete(tables.token).filter_by(login="gone-home"))
    assert at.states(left) == [("done", "")]


@pytest.mark.parametrize(
    "forged",
    [
        {"tag": ""},
        {"tag": "0" * 128},
        {"tag": "not hexadecimal"},
        {"author": "s.haddad"},
        {"sitting": "unheard of"},
        {"body": msgspec.Raw(b'{"contact": "x"}')},
        {"kind": "WithdrawMotive"},
        {"id": "01a2011a-0000-7000-8000-00000000f00d"},
    ],
    ids=lambda forged: next(iter(forged)) + str(next(iter(forged.values())))[:1],
)
def test_a_stolen_desk_makes_nobody_say_what_he_did_not(at: At, forged: dict[str, Any]) -> None:
    message = msgspec.structs.replace(at.signed("c.morvan"), **forged)
    assert at.states(message) == [("held", "author_not_proved")]
    assert at.served.scene.find(tables.journal, command_id=message.id) is None
    row = _held(at.served, message)
    assert row is not None
    assert (row.author, row.desk) == (message.author, at.id)


def test_a_sitting_proves_nobody_but_whoever_sat(at: At) -> None:
    """One agent of the desk signs in another's name with a key of his own."""
    mine = at.served.session("c.morvan")
    message = msgspec.structs.replace(at.signed("s.haddad"), sitting=mine["sitting"])
    message = msgspec.structs.replace(message, tag=at.served.keys["c.morvan"].tag_of(message))
    assert at.states(message) == [("held", "author_not_proved")]


def test_nobody_is_made_an_author_by_a_desk(at: At) -> None:
    message = at.signed("c.morvan", author="nobody.here")
    assert at.states(message) == [("held", "unknown_author")]


def test_what_a_disabled_author_did_is_kept_whole_and_stops_nobody_else(at: At) -> None:
    _add(at.served, "leaves-today")
    before, kept, after = at.signed("c.morvan"), at.signed("leaves-today"), at.signed("c.morvan")
    at.served.disable("leaves-today")
    expected = [("done", ""), ("held", "author_disabled"), ("done", "")]
    assert at.states(before, kept, after) == expected
    assert at.states(before, kept, after) == expected
    row = _held(at.served, kept)
    assert row is not None
    assert json.loads(row.message)["body"] == json.loads(bytes(kept.body))
    assert at.served.scene.find(tables.journal, command_id=kept.id) is None


def test_what_was_done_before_its_author_left_stays_done(at: At) -> None:
    _add(at.served, "leaves-later")
    message = at.signed("leaves-later")
    assert at.states(message) == [("done", "")]
    at.served.disable("leaves-later")
    assert at.states(message) == [("done", "")]


@pytest.mark.parametrize(
    ("then", "since", "expected"),
    [
        (Role.RECEPTIONIST, Role.ADMINISTRATOR, ("done", "")),
        (Role.ADMINISTRATOR, Role.RECEPTIONIST, ("refused", "not_allowed")),
    ],
)
def test_a_command_is_judged_by_the_role_its_author_had_when_it_was_made(
    at: At, then: Role, since: Role, expected: tuple[str, str]
) -> None:
    login = f"was-{then.value}"
    _add(at.served, login, then)
    message = at.signed(login)
    now = MORNING.replace(hour=MORNING.hour + 1)
    with writing(at.served.scene.engine) as connection:
        change_account(
            connection, at.served.scene.establishment, _account(login, since), password=PASSWORD, now=now
        )
    assert at.states(message) == [expected]


def test_nobody_backdates_into_a_role_he_no_longer_had_when_he_sat_down(at: At) -> None:
    _add(at.served, "was-agent", Role.RECEPTIONIST)
    with writing(at.served.scene.engine) as connection:
        account = _account("was-agent", Role.ADMINISTRATOR)
        change_account(connection, at.served.scene.establishment, account, password=PASSWORD, now=MORNING)
    message = at.signed("was-agent", made_at=MORNING.replace(hour=MORNING.hour - 2))
    assert at.states(message) == [("refused", "not_allowed")]


def test_a_desk_reads_nothing(at: At) -> None:
    bearer = {"Authorization": f"Desk {at.credential}"}
    for path in ("/v1/feed", "/v1/snapshot", "/v1/persons?q=dub", "/v1/queues"):
        assert at.served.call("GET", path, headers=bearer).status_code == 401
    assert at.served.call("POST", "/v1/desks", headers=bearer).status_code == 401


def test_a_revoked_desk_hands_nothing_over_and_another_one_may(at: At) -> None:
    message = at.signed("c.morvan")
    with writing(at.served.scene.engine) as connection:
        assert revoke_desk(connection, at.served.scene.establishment, at.id, now=MORNING)
        assert not revoke_desk(connection, at.served.scene.establishment, at.id, now=MORNING)
    answer = at.send(message)
    assert (answer.status_code, answer.json()["code"]) == (403, "desk_revoked")
    assert At(at.served).states(message) == [("done", "")]


@pytest.mark.parametrize("credential", ["", "x", "unheard.of", ".", "a.b.c"])
def test_a_credential_that_is_none_opens_nothing(at: At, credential: str) -> None:
    at.credential = credential or at.id
    assert at.send(at.signed("c.morvan")).status_code == 401


def test_the_database_holds_no_desk_s_secret(at: At) -> None:
    secret = at.credential.partition(".")[2]
    row = at.served.scene.get(desk, id=at.id)
    assert (row.secret_hash, row.enrolled_by) == (hash_token(secret), "c.morvan")
    assert secret not in str(row)


def test_whoever_reads_the_database_signs_for_nobody(at: At) -> None:
    """A thief of the desk's credential and of the whole database, who tries all that a sitting keeps."""
    real = at.signed("c.morvan")
    row = at.served.scene.get(sitting, id=real.sitting)
    assert row.public_key == at.served.keys["c.morvan"].public
    forged = msgspec.structs.replace(real, id=at.served.scene.new_id(), tag=row.public_key)
    assert at.states(forged) == [("held", "author_not_proved")]
    own = SittingKey()
    assert at.states(msgspec.structs.replace(real, tag=own.tag_of(real))) == [("held", "author_not_proved")]
    assert at.states(real) == [("done", "")]


def test_a_password_given_without_a_key_opens_no_sitting(at: At) -> None:
    said = {"login": "c.morvan", "password": PASSWORD}
    count = at.served.scene.count(sitting, login="c.morvan")
    assert at.served.call("POST", "/v1/session", json=said).json()["sitting"] == ""
    assert at.served.scene.count(sitting, login="c.morvan") == count


@pytest.mark.parametrize("key", ["zz" * 32, "00" * 31, "clé"])
def test_a_key_that_is_none_is_named_before_anybody_sits_down(at: At, key: str) -> None:
    said = {"login": "c.morvan", "password": PASSWORD, "sitting_key": key}
    answer = at.served.call("POST", "/v1/session", json=said)
    assert (answer.status_code, answer.json()["field"]) == (400, "sitting_key")


def test_a_renewed_session_opens_no_other_sitting(at: At) -> None:
    session = at.served.session("c.morvan")
    count = at.served.scene.count(sitting, login="c.morvan")
    renewed = at.served.call("POST", "/v1/session", json={"refresh": session["refresh"]}).json()
    assert not renewed["sitting"]
    assert at.served.scene.count(sitting, login="c.morvan") == count


def test_what_a_desk_can_t_say_is_a_refusal_under_its_own_name(at: At) -> None:
    message = at.signed("c.morvan", kind="Zork")
    assert at.states(message) == [("refused", "unknown_command")]
    row = at.served.scene.get(tables.journal, command_id=message.id)
    assert (row.author, row.desk) == ("c.morvan", at.id)
    with at.served.scene.engine.connect() as connection:
        assert journal.verify(connection, at.served.scene.establishment) is None


def test_what_was_held_is_run_once_in_its_author_s_name_and_as_old_as_it_is(at: At) -> None:
    _add(at.served, "let-through")
    kept = at.signed("let-through")
    at.served.disable("let-through")
    at.send(kept)
    scene = at.served.scene
    with scene.engine.connect() as connection:
        assert kept.id in {one.command_id for one in held.read_all(connection, scene.establishment)}
    later = SteppedClock()
    later.move(timedelta(days=2))
    settled = run_held(scene.engine, scene.establishment, kept.id, later)
    row = scene.get(tables.journal, command_id=kept.id)
    # It came from there when it came, whoever lets it run.
    assert scene.get(tables.journal_address, position=row.position).address == LOOPBACK
    assert (settled.refusal, row.author, row.desk, row.position) == (
        "",
        "let-through",
        at.id,
        settled.position,
    )
    assert (row.at, at.states(kept)) == (later.now(), [("done", "")])
    assert _held(at.served, kept) is None
    with pytest.raises(NotHeld):
        run_held(scene.engine, scene.establishment, kept.id, later)


def test_what_was_held_is_given_up_as_a_refusal_that_its_desk_hears(at: At) -> None:
    _add(at.served, "given-up")
    kept = at.signed("given-up")
    at.served.disable("given-up")
    at.send(kept)
    scene = at.served.scene
    settled = discard_held(scene.engine, scene.establishment, kept.id, SteppedClock())
    assert (settled.refusal, at.states(kept)) == ("discarded", [("refused", "discarded")])
    assert _held(at.served, kept) is None
    assert scene.get(tables.journal, command_id=kept.id).author == "given-up"
    for settle in (discard_held, run_held):
        with pytest.raises(NotHeld):
            settle(scene.engine, scene.establishment, kept.id, SteppedClock())


@pytest.mark.parametrize(("login", "settle"), [("cut-run", run_held), ("cut-discard", discard_held)])
def test_what_was_held_is_in_the_journal_and_out_of_the_list_or_neither(
    at: At, login: str, settle: Callable[..., Settled], monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(at.served, login)
    kept = at.signed(login)
    at.served.disable(login)
    at.send(kept)
    scene = at.served.scene

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(held, "let_go", stop)
        with pytest.raises(KeyboardInterrupt):
            settle(scene.engine, scene.establishment, kept.id, SteppedClock())
    assert _held(at.served, kept) is not None
    assert scene.find(tables.journal, command_id=kept.id) is None
    settle(scene.engine, scene.establishment, kept.id, SteppedClock())
    assert _held(at.served, kept) is None
    assert scene.find(tables.journal, command_id=kept.id) is not None


def test_what_was_run_meanwhile_is_no_longer_in_the_list(at: At) -> None:
    _add(at.served, "comes-back")
    kept = at.signed("comes-back")
    at.served.disable("comes-back")
    at.send(kept)
    _add(at.served, "comes-back")
    assert at.states(kept) == [("done", "")]
    with at.served.scene.engine.connect() as connection:
        waiting = held.read_all(connection, at.served.scene.establishment)
    assert kept.id not in {one.command_id for one in waiting}
    with at.served.scene.engine.begin() as connection:
        held.let_go_of_run(connection, at.served.scene.establishment)
    assert _held(at.served, kept) is None


def test_nothing_is_run_for_whoever_has_no_account(at: At) -> None:
    message = at.signed("c.morvan", author="nobody.at.all")
    at.send(message)
    with pytest.raises(NotHeld, match="no account"):
        run_held(at.served.scene.engine, at.served.scene.establishment, message.id, SteppedClock())
    assert _held(at.served, message) is not None
