"""The way down: who is told what, live and in catch-up."""

import socket
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.domain.commands import ErasePerson, IdentifyCaller, LogMotive, NoteContact, OpenPerson
from app.domain.words import Channel, ErasureGround, Outcome
from tests.server.serving import Feed, Served
from tests.support.scene import (
    MARTINE,
    MARTINES_NUMBER,
    MORNING,
    QUEUE,
    SECRET,
    SECRETS_NUMBER,
    Scene,
)


def _note(scene: Scene, *, person: str | None = None, service: str = "orthopedie") -> NoteContact:
    return NoteContact(
        contact=scene.new_id(),
        channel=Channel.DESK,
        service=service,
        person=person,
        text="bonjour",
        happened_at=MORNING,
    )


def _kinds(entry: dict[str, Any]) -> list[str]:
    return [fact["kind"] for fact in entry.get("facts", [])]


def test_a_desk_sees_its_own_command_and_so_does_a_second_desk_of_the_service(served: Served) -> None:
    with served.feed("c.morvan") as mine, served.feed("s.haddad") as theirs:
        (done,) = served.send(_note(served.scene))
        assert _kinds(mine.entry_of(done["id"])) == ["ContactNoted"]
        assert theirs.entry_of(done["id"])["position"] == done["position"]


def test_a_position_that_another_process_committed_is_resumed(served: Served) -> None:
    served.scene.run(_note(served.scene))
    with served.feed(after=served.cursor()) as feed:
        assert feed.next_any().name == "beat"


def test_a_desk_of_another_service_is_not_told(served: Served) -> None:
    with served.feed("h.lambert") as other:
        (hidden,) = served.send(_note(served.scene))
        (shown,) = served.send(_note(served.scene, service="standard"), login="h.lambert")
        seen = [entry["command_id"] for entry in other.entries_until(shown["id"])]
    assert hidden["id"] not in seen


def test_what_is_not_for_this_desk_moves_its_cursor_all_the_same(served: Served) -> None:
    with served.feed("h.lambert") as other:
        (hidden,) = served.send(_note(served.scene))
        first = other.next("beat").cursor
        assert int(_position(first)) <= hidden["position"]
        beat = other.next("beat")
    assert _position(beat.cursor) >= hidden["position"]
    assert beat.data == {"head": beat.cursor, "after": first}


def _position(cursor: str) -> int:
    return int(cursor.rpartition(".")[2])


def test_a_refusal_is_told_to_its_author_alone_with_its_field(served: Served) -> None:
    refused = LogMotive(
        contact=served.scene.new_id(), motive="11", outcome=Outcome.DEALT_WITH, service="orthopedie"
    )
    with served.feed("c.morvan") as mine, served.feed("s.haddad") as theirs:
        (state,) = served.send(refused)
        (after,) = served.send(_note(served.scene))
        entry = mine.entry_of(state["id"])
        assert (entry["refusal"], entry["field"]) == ("unknown_contact", "contact")
        assert state["id"] not in [one["command_id"] for one in theirs.entries_until(after["id"])]


def test_an_opened_record_is_told_to_nobody_and_settles_its_author(served: Served) -> None:
    with served.feed("c.morvan") as mine, served.feed("s.haddad") as theirs:
        (opened, after) = served.send(OpenPerson(person=MARTINE, reason="rappel"), _note(served.scene))
        assert "facts" not in mine.entry_of(opened["id"])
        assert opened["id"] not in [one["command_id"] for one in theirs.entries_until(after["id"])]


def test_a_ring_brings_the_person_to_the_desk_in_the_same_entry(served: Served) -> None:
    with served.feed("c.morvan") as mine, served.feed("h.lambert") as other:
        contact = served.play(act="arrive", number=MARTINES_NUMBER, queue=QUEUE)
        (page,) = mine.next("page").data["entries"]
        assert _kinds(page) == ["CallArrived"]
        assert page["facts"][0]["candidates"] == [MARTINE]
        served.play(act="ring", contact=contact, extension="4001")
        rang = other.next("page").data["entries"][-1]
        assert "CallRang" in _kinds(rang)
        assert MARTINE in [bundle["person"] for bundle in rang["bundles"]]
    served.play(act="hang_up", contact=contact)


def test_an_erased_person_is_gone_from_every_desk_with_no_trace_of_what_was_said(served: Served) -> None:
    scene = served.scene
    person = scene.new_person("LEFORT")
    served.send(note := _note(scene, person=person))
    with served.feed("s.haddad") as holder, served.feed("h.lambert") as other:
        erasure = ErasePerson(person=person, ground=ErasureGround.REQUEST)
        (done,) = served.send(erasure, login="n.bourdin")
        for desk in (holder, other):
            entry = desk.entry_of(done["id"])
            (fact,) = entry["facts"]
            assert (entry["gone"], fact["contacts"]) == ([person], [note.contact])
            assert "bodies" not in fact
    assert person not in str(served.snapshot("s.haddad"))


def test_a_protected_person_is_unknown_at_reception_and_known_to_a_secretary(served: Served) -> None:
    with served.feed("c.morvan") as reception, served.feed("s.haddad") as secretary:
        contact = served.play(act="arrive", number=SECRETS_NUMBER, queue=QUEUE)
        (identified,) = served.send(IdentifyCaller(contact=contact, person=SECRET), login="s.haddad")
        (after,) = served.send(_note(served.scene))
        seen = reception.entries_until(after["id"])
        known = secretary.entries_until(after["id"])
    assert SECRET not in str(seen)
    assert "CallArrived" in [kind for entry in seen for kind in _kinds(entry)]
    assert identified["id"] not in [entry["command_id"] for entry in seen]
    assert SECRET in [bundle["person"] for entry in known for bundle in entry.get("bundles", [])]
    assert SECRET not in served.call("GET", "/v1/snapshot", login="c.morvan").text
    assert SECRET in served.call("GET", "/v1/snapshot", login="s.haddad").text


def test_a_feed_is_resumed_where_it_was_cut_by_parameter_or_header(served: Served) -> None:
    cursor = served.cursor()
    sent = [state["id"] for _ in range(3) for state in served.send(_note(served.scene))]
    for options in ({"params": {"after": cursor}}, {"headers": {"Last-Event-ID": cursor}}):
        with served.call("GET", "/v1/feed", login="c.morvan", stream=True, **options) as response:
            seen = Feed(response).entries_until(sent[-1])
        assert [entry["command_id"] for entry in seen] == sent


def test_catching_up_goes_by_whole_pages_from_the_first_entry(served: Served) -> None:
    epoch = served.cursor().rpartition(".")[0]
    (last,) = served.send(_note(served.scene))
    with served.feed(after=f"{epoch}.0") as feed:
        positions = [entry["position"] for entry in feed.entries_until(last["id"])]
    assert positions == sorted(set(positions))
    assert positions[-1] == last["position"]


@pytest.mark.parametrize(
    "cursor",
    ["", "nonsense", "other-epoch.3", "epoch-1.", "epoch-1.-4", "epoch-1.999999999", "epoch-1." + "9" * 5000],
)
def test_a_cursor_that_cannot_be_resumed_asks_for_a_snapshot(served: Served, cursor: str) -> None:
    with served.call("GET", "/v1/feed", login="c.morvan", params={"after": cursor}, stream=True) as response:
        assert Feed(response).next_any().name == "snapshot"
        assert response.headers["content-type"].startswith("text/event-stream")


def test_a_desk_that_reads_nothing_delays_nobody(served: Served) -> None:
    address = urlsplit(served.url)
    token = served.session("s.haddad")["token"]
    epoch = served.cursor().rpartition(".")[0]
    with socket.create_connection((str(address.hostname), int(address.port or 0))) as dead:
        dead.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        request = f"GET /v1/feed?after={epoch}.0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
        dead.sendall(request.encode())
        with served.feed("c.morvan") as mine:
            for _ in range(20):
                (state,) = served.send(_note(served.scene))
                assert mine.entry_of(state["id"])


def test_the_consoles_that_listen_are_counted(served: Served) -> None:
    def listening() -> float:
        lines = served.call("GET", "/metrics").text.splitlines()
        return float(next(line.split()[1] for line in lines if line.startswith("filrouge_feeds ")))

    before = listening()
    with served.feed("h.lambert") as feed:
        assert feed.next("beat")
        during = listening()
    assert during >= 1
    deadline = time.monotonic() + 10
    while listening() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert listening() <= before


def test_a_snapshot_holds_the_house_and_whole_persons_and_says_its_end(served: Served) -> None:
    served.send(_note(served.scene, person=MARTINE))
    start, *parts, numbers, end = served.snapshot()
    assert (start["line"], {part["line"] for part in parts}, end) == ("start", {"part"}, {"line": "end"})
    assert numbers["line"] == "numbers"
    assert all(part["as_of"] >= _position(start["cursor"]) for part in parts)
    assert {row["id"] for row in served.snapshot_rows("service")} == {"orthopedie", "standard"}
    (martine,) = (row for row in served.snapshot_rows("person") if row["id"] == MARTINE)
    assert martine["birth_name"] == "DUBREUIL"
    contacts = [row for row in served.snapshot_rows("contact") if row["person"] == MARTINE]
    assert all(isinstance(row["at"], int) for row in contacts)
    line = [row["contact"] for row in served.snapshot_rows("timeline") if row["person"] == MARTINE]
    assert sorted(line) == sorted(row["id"] for row in contacts)


def test_todays_calls_without_a_person_are_in_the_snapshot_of_their_service(served: Served) -> None:
    contact = served.play(act="arrive", number="anonymous", queue=QUEUE)
    ids = {
        login: {row["id"] for row in served.snapshot_rows("contact", login)}
        for login in ("c.morvan", "h.lambert")
    }
    assert contact in ids["c.morvan"]
    assert contact not in ids["h.lambert"]
    served.play(act="hang_up", contact=contact)


def test_a_cursor_of_the_same_scope_is_resumed_and_of_another_begins_again(served: Served) -> None:
    start = served.snapshot()[0]
    for scope, first in ((start["scope"], "beat"), ("", "beat"), ("another", "snapshot")):
        asked = {"after": start["cursor"], "scope": scope}
        with served.call("GET", "/v1/feed", login="c.morvan", params=asked, stream=True) as answer:
            assert Feed(answer).next_any().name == first
