"""The way up: what is run, what is refused by its field, and what is not read at all."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app.domain.commands import ErasePerson, LogMotive, NoteContact, RegisterEnd
from app.domain.words import Channel, Ending, ErasureGround, Outcome
from app.store import journal, tables
from tests.server.serving import ONE_OF_EACH_ROLE, Served
from tests.support.scene import MORNING


def _message(served: Served, **changes: Any) -> dict[str, Any]:
    body = {
        "contact": served.scene.new_id(),
        "channel": "desk",
        "service": "orthopedie",
        "text": "bonjour",
        "happened_at": MORNING.isoformat(),
    }
    message = {
        "id": served.scene.new_id(),
        "kind": "NoteContact",
        "made_at": MORNING.isoformat(),
        "author": "c.morvan",
        "body": body | changes.pop("body", {}),
    }
    return {name: value for name, value in (message | changes).items() if value != "absent"}


def _send(served: Served, *messages: Any, login: str = "c.morvan") -> Any:
    return served.call("POST", "/v1/commands", login=login, json={"commands": list(messages)})


def _note(served: Served) -> NoteContact:
    return NoteContact(
        contact=served.scene.new_id(), channel=Channel.DESK, service="orthopedie", happened_at=MORNING
    )


def test_commands_are_run_in_order_and_their_positions_told(served: Served) -> None:
    states = served.send(_note(served), _note(served), _note(served))
    assert [state["state"] for state in states] == ["done"] * 3
    positions = [state["position"] for state in states]
    assert positions == list(range(positions[0], positions[0] + 3))


def test_a_command_sent_again_is_answered_again_and_run_once(served: Served) -> None:
    message = _message(served)
    first, again = (_send(served, message).json() for _ in range(2))
    assert first == again
    assert served.scene.count(tables.journal, command_id=message["id"]) == 1
    assert served.scene.count(tables.contact, id=message["body"]["contact"]) == 1


def test_where_a_command_came_from_is_kept_also_of_one_that_nobody_can_read(served: Served) -> None:
    done, unreadable = _message(served), _message(served, body={"happened_at": "yesterday"})
    states = _send(served, done, unreadable).json()
    assert [state["state"] for state in states] == ["done", "refused"]
    kept = {row.position: row.address for row in served.scene.rows(tables.journal_address)}
    assert [kept[state["position"]] for state in states] == ["127.0.0.1"] * 2


def test_what_the_server_does_by_itself_comes_from_nowhere(served: Served) -> None:
    settled = served.scene.run(_note(served))
    assert served.scene.find(tables.journal_address, position=settled.position) is None


def test_a_refusal_of_a_rule_stops_no_other_command(served: Served) -> None:
    unknown = LogMotive(
        contact=served.scene.new_id(), motive="11", outcome=Outcome.DEALT_WITH, service="orthopedie"
    )
    before, refused, after = served.send(_note(served), unknown, _note(served))
    assert (before["state"], after["state"]) == ("done", "done")
    assert (refused["state"], refused["refusal"], refused["field"]) == (
        "refused",
        "unknown_contact",
        "contact",
    )


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"kind": "Zork"}, "unknown_command", "kind"),
        ({"kind": 3}, "malformed_command", "kind"),
        ({"kind": "absent"}, "malformed_command", "kind"),
        ({"made_at": "yesterday"}, "malformed_command", "made_at"),
        ({"made_at": "2026-11-24T10:00:00"}, "malformed_command", "made_at"),
        ({"sent_at": "later"}, "malformed_command", "sent_at"),
        ({"sent_at": "2026-11-24T10:00:00"}, "malformed_command", "sent_at"),
        ({"author": "absent"}, "malformed_command", "author"),
        ({"author": "s.haddad"}, "author_mismatch", "author"),
        ({"author": "line:simulated"}, "author_mismatch", "author"),
        ({"body": {"channel": "telepathy"}}, "malformed_command", "channel"),
        ({"body": {"contact": "not an id"}}, "malformed_command", "contact"),
        ({"body": {"happened_at": 3}}, "malformed_command", "happened_at"),
        ({"body": {"unheard_of": 1}}, "malformed_command", "unheard_of"),
        ({"body": {"text": "x" * 4001}}, "malformed_command", "text"),
        ({"body": {"text": "a\0b"}}, "malformed_command", "text"),
        ({"body": {"service": "unheard-of"}}, "unknown_service", "service"),
        ({"body": {"person": "01a2011a-0000-7000-8000-000000000000"}}, "unknown_person", "person"),
        ({"kind": "RegisterEnd"}, "malformed_command", "channel"),
    ],
)
def test_what_is_wrong_in_a_command_is_a_refusal_that_names_the_field(
    served: Served, changes: dict[str, Any], refusal: str, field: str
) -> None:
    message = _message(served, **changes)
    (state,) = _send(served, message).json()
    assert (state["id"], state["state"], state["refusal"], state["field"]) == (
        message["id"],
        "refused",
        refusal,
        field,
    )
    row = served.scene.get(tables.journal, command_id=message["id"])
    assert (row.position, row.refusal, row.author) == (state["position"], refusal, "c.morvan")
    with served.scene.engine.connect() as connection:
        assert journal.verify(connection, served.scene.establishment) is None


@pytest.mark.parametrize("body", [None, 3, "x", ["y"]])
def test_a_body_that_is_not_an_object_is_a_refusal(served: Served, body: object) -> None:
    (state,) = _send(served, _message(served) | {"body": body}).json()
    assert (state["refusal"], state["field"]) == ("malformed_command", "body")


def test_what_only_a_line_says_is_not_allowed_to_a_desk(served: Served) -> None:
    end = RegisterEnd(contact=served.scene.new_id(), ending=Ending.HUNG_UP, at=MORNING)
    (state,) = served.send(end)
    assert (state["refusal"], state["field"]) == ("not_allowed", "kind")


@pytest.mark.parametrize("login", ONE_OF_EACH_ROLE)
def test_only_a_supervisor_decides_that_a_person_is_erased(served: Served, login: str) -> None:
    erasure = ErasePerson(person=served.scene.new_person("LEFORT"), ground=ErasureGround.REQUEST)
    (state,) = served.send(erasure, login=login)
    is_supervisor = ONE_OF_EACH_ROLE[login] == "supervisor"
    assert state.get("refusal", "") == ("" if is_supervisor else "not_allowed")


@pytest.mark.parametrize("login", ONE_OF_EACH_ROLE)
def test_every_role_but_the_administrator_notes_a_contact(served: Served, login: str) -> None:
    (state,) = served.send(_note(served), login=login)
    expected = "refused" if ONE_OF_EACH_ROLE[login] == "administrator" else "done"
    assert (state["state"], state.get("refusal", "")) == (
        expected,
        "not_allowed" if expected == "refused" else "",
    )


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b"", 400, "commands"),
        (b"{", 400, "commands"),
        (b"[]", 400, "commands"),
        (b"{}", 400, "commands"),
        (b'{"commands": 3}', 400, "commands"),
        (b'{"commands": [3]}', 400, "commands[0].id"),
        (b'{"commands": [{}]}', 400, "commands[0].id"),
        (b'{"commands": [{"id": "nothing"}]}', 400, "commands[0].id"),
        (b"[" * 100_000, 400, "commands"),
        (b'{"commands": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}", 400, "commands"),
        (b"\xff\xfe\x00", 400, "commands"),
        (b'{"commands": [' + b",".join([b'{"id": 1}'] * 501) + b"]}", 413, "commands"),
        (b" " * (1024 * 1024 + 1), 413, "body"),
    ],
    ids=[
        *("nothing", "cut", "list", "no commands", "number", "command is a number", "no id", "bad id"),
        *("deep", "deep inside", "not utf-8", "too many", "too large"),
    ],
)
def test_an_envelope_that_cannot_be_read_is_a_problem(
    served: Served, body: bytes, status: int, field: str
) -> None:
    answer = served.call("POST", "/v1/commands", login="c.morvan", data=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["field"].startswith(field)


def test_one_id_that_cannot_be_read_leaves_the_whole_batch_unrun(served: Served) -> None:
    good = _message(served)
    answer = _send(served, good, _message(served, id="nothing"))
    assert (answer.status_code, answer.json()["field"]) == (400, "commands[1].id")
    assert served.scene.count(tables.journal, command_id=good["id"]) == 0


def test_what_is_refused_and_what_is_unreadable_are_counted(served: Served) -> None:
    def counted() -> tuple[float, float]:
        lines = served.call("GET", "/metrics").text.splitlines()
        found = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return (
            float(found.get('filrouge_commands_total{state="refused"}', 0)),
            float(found.get('filrouge_problems_total{status="400"}', 0)),
        )

    before = counted()
    _send(served, _message(served, kind="Zork"))
    served.call("POST", "/v1/commands", login="c.morvan", data=b"{")
    assert counted() == (before[0] + 1, before[1] + 1)


def test_a_surrogate_or_an_odd_escape_never_breaks_the_batch(served: Served) -> None:
    good, odd = _message(served), _message(served)
    text = json.dumps({"commands": [odd, good]}).replace("bonjour", "\\ud800", 1)
    answer = served.call("POST", "/v1/commands", login="c.morvan", data=text.encode())
    assert answer.status_code in (202, 400)
    if answer.status_code == 202:
        assert [state["state"] for state in answer.json()] == ["refused", "done"]


def test_a_motive_logged_offline_keeps_the_time_at_which_it_was_logged(served: Served) -> None:
    """By a desk whose clock is a day ahead."""
    note = _message(served)
    made_at, ahead = MORNING + timedelta(hours=22), MORNING + timedelta(hours=24)
    log = {
        "id": served.scene.new_id(),
        "kind": "LogMotive",
        "made_at": made_at.isoformat(),
        "sent_at": ahead.isoformat(),
        "author": "c.morvan",
        "body": {
            "contact": note["body"]["contact"],
            "motive": "11",
            "outcome": "dealt_with",
            "service": "orthopedie",
        },
    }
    assert [state["state"] for state in _send(served, note, log).json()] == ["done", "done"]
    arrived_at = served.scene.get(tables.journal, command_id=log["id"]).at
    logged_at = served.scene.get(tables.contact, id=note["body"]["contact"]).logged_at
    assert arrived_at - logged_at == timedelta(hours=2)


def test_a_table_that_is_missing_refuses_nothing_and_the_commands_are_sent_again(served: Served) -> None:
    message = _message(served)
    with served.scene.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE contact RENAME TO elsewhere")
    try:
        answer = _send(served, message)
    finally:
        with served.scene.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO contact")
    assert (answer.status_code, "contact" in answer.text) == (503, False)
    assert served.scene.find(tables.journal, command_id=message["id"]) is None
    assert _send(served, message).json()[0]["state"] == "done"
