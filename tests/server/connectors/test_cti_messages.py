"""What Zammad's generic CTI contract can say becomes the same commands, form or JSON."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.commands import CommandEnvelope, RegisterAnswer, RegisterCall, RegisterEnd
from app.queries.told_calls import KnownCall
from sync.server.connectors import Malformed
from sync.server.connectors.generic_cti.calls import Arrangement, contact_of, to_commands
from sync.server.connectors.generic_cti.message import read_message
from tests.server.connectors.lines import Told, summary
from tests.server.connectors.posts import CALLER, WAYS, WELCOME, Fields, as_form, as_json, incoming, outgoing

NOW = datetime(2026, 11, 24, 9, 26, tzinfo=UTC)
ARRANGEMENT = Arrangement(
    queues={"support": "secretariat-orthopedie"},
    numbers={"01 99 00 10 01": "standard-principal"},
    seats={"Claire Morvan": "4101", "c.morvan": "4101", "hugo@saint-aurelien.example": "4001"},
)
ARRIVED = ("RegisterCall", "standard-principal", WELCOME, CALLER)
IN_QUEUE = ("RegisterCall", "secretariat-orthopedie", WELCOME, CALLER)
PLACED = ("RegisterOutgoingCall", "4101", CALLER)
WAITING = KnownCall(queue="standard-principal")
TALKING = KnownCall(queue="standard-principal", is_answered=True)
HUNG_UP, ABANDONED, MISSED, NO_ANSWER = (
    ("RegisterEnd", ending) for ending in ("hung_up", "abandoned", "missed", "no_answer")
)


def _told(fields: Fields, known: KnownCall | None = None, way: str = "json") -> list[CommandEnvelope]:
    message = read_message(*WAYS[way](fields))
    return to_commands(message, line="clinique", arrangement=ARRANGEMENT, known=known, at=NOW)


TABLE: dict[str, tuple[Fields, KnownCall | None, list[Told]]] = {
    "a call for nobody in particular": (incoming("newCall"), None, [ARRIVED]),
    "a call in a queue": (incoming("newCall", queue="support"), None, [IN_QUEUE]),
    "a call in a queue we do not rename": (
        incoming("newCall", queue="accueil"),
        None,
        [("RegisterCall", "accueil", WELCOME, CALLER)],
    ),
    "a call to a number that leads nowhere": (
        incoming("newCall", to="0199001099"),
        None,
        [("RegisterCall", "", "0199001099", CALLER)],
    ),
    "a call for two colleagues, one of them known": (
        incoming("newCall", user=["claire morvan", "Emma Taylor"]),
        None,
        [ARRIVED, ("RegisterRing", "4101")],
    ),
    "a call straight to an extension": (
        incoming("newCall", to="4101"),
        None,
        [("RegisterCall", "", "4101", CALLER), ("RegisterRing", "4101")],
    ),
    "a hidden number": (
        incoming("newCall") | {"from": "anonymous"},
        None,
        [("RegisterCall", "standard-principal", WELCOME, "anonymous")],
    ),
    "a number not told at all": (
        {key: value for key, value in incoming("newCall").items() if key != "from"},
        None,
        [("RegisterCall", "standard-principal", WELCOME, "")],
    ),
    "the queue told after the answer": (
        incoming("newCall", queue="support"),
        KnownCall(),
        [("RegisterOverflow", "", "secretariat-orthopedie")],
    ),
    "an answer by extension": (
        incoming("answer", answeringNumber="4101"),
        WAITING,
        [("RegisterAnswer", "4101")],
    ),
    "an answer by address": (
        incoming("answer", answeringNumber="hugo@saint-aurelien.example"),
        WAITING,
        [("RegisterAnswer", "4001")],
    ),
    "an answer by name alone": (
        incoming("answer", user="Claire Morvan"),
        WAITING,
        [("RegisterAnswer", "4101")],
    ),
    "an answer by somebody unknown": (
        incoming("answer", answeringNumber="emma@saint-aurelien.example"),
        WAITING,
        [("RegisterAnswer", "emma@saint-aurelien.example")],
    ),
    "an answer by one of several names": (
        incoming("answer", user=["Claire Morvan", "Emma Taylor"]),
        WAITING,
        [("RegisterAnswer", WELCOME)],
    ),
    "an answer before the call is known": (
        incoming("answer", answeringNumber="c.morvan"),
        None,
        [ARRIVED, ("RegisterAnswer", "4101")],
    ),
    "an end after an answer, whatever the cause": (incoming("hangup", cause="busy"), TALKING, [HUNG_UP]),
    "a caller who gives up": (incoming("hangup", cause="cancel"), WAITING, [ABANDONED]),
    "a busy desk": (incoming("hangup", cause="busy"), WAITING, [MISSED]),
    "a desk that refuses": (incoming("hangup", cause="noAnswer"), WAITING, [MISSED]),
    "a desk out of reach": (incoming("hangup", cause="congestion"), WAITING, [MISSED]),
    "a number of nobody": (incoming("hangup", cause="notFound"), WAITING, [MISSED]),
    "a call given on": (incoming("hangup", cause="forwarded"), WAITING, [MISSED]),
    "an end without a cause": (incoming("hangup"), WAITING, [ABANDONED]),
    "an end with a cause of its own": (incoming("hangup", cause="Q.850-31"), WAITING, [ABANDONED]),
    "a conversation of which no answer was heard": (
        incoming("hangup", cause="normalClearing"),
        WAITING,
        [ABANDONED],
    ),
    "a conversation that names who answered": (
        incoming("hangup", cause="normalClearing", answeringNumber="4101"),
        WAITING,
        [("RegisterAnswer", "4101"), HUNG_UP],
    ),
    "an end before the call is known": (incoming("hangup", cause="cancel"), None, [ARRIVED, ABANDONED]),
    "a call of ours": (outgoing("newCall", user="Claire Morvan"), None, [PLACED]),
    "a call of ours from an extension": (outgoing("newCall") | {"from": "4101"}, None, [PLACED]),
    "a call of ours by nobody known": (
        outgoing("newCall"),
        None,
        [("RegisterOutgoingCall", WELCOME, CALLER)],
    ),
    "a call of ours that is taken": (
        outgoing("answer", user="Claire Morvan"),
        KnownCall(),
        [("RegisterAnswer", "4101")],
    ),
    "a call of ours in vain": (
        outgoing("hangup", user="Claire Morvan", cause="cancel"),
        KnownCall(),
        [NO_ANSWER],
    ),
    "a call of ours heard of by its end": (
        outgoing("hangup", user="Claire Morvan", cause="noAnswer"),
        None,
        [PLACED, NO_ANSWER],
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", TABLE)
def test_a_message_becomes_its_commands_however_it_is_written(case: str, way: str) -> None:
    fields, known, expected = TABLE[case]
    assert [summary(each) for each in _told(fields, known, way)] == expected


def test_two_identical_messages_have_commands_with_the_same_ids() -> None:
    fields = incoming("answer", answeringNumber="4101")
    later = to_commands(
        read_message(*as_form(fields)),
        line="clinique",
        arrangement=ARRANGEMENT,
        known=None,
        at=NOW + timedelta(seconds=3),
    )
    assert [each.id for each in _told(fields)] == [each.id for each in later]


def test_two_lines_and_two_calls_are_apart() -> None:
    message = read_message(*as_json(incoming("newCall")))
    other = read_message(*as_json(incoming("newCall", "another")))
    assert len({contact_of(line, each) for line in ("a", "b") for each in (message, other)}) == 4


def test_what_comes_after_the_end_is_put_just_before_it() -> None:
    ended_at = NOW - timedelta(seconds=1)
    (told,) = _told(incoming("answer", answeringNumber="4101"), KnownCall(queue="x", ended_at=ended_at))
    assert isinstance(told.body, RegisterAnswer)
    assert NOW - timedelta(seconds=2) < told.body.at < ended_at


def test_a_call_heard_of_by_its_end_alone_began_before_it() -> None:
    arrival, end = _told(incoming("hangup", cause="cancel"))
    assert isinstance(arrival.body, RegisterCall)
    assert isinstance(end.body, RegisterEnd)
    assert arrival.body.arrived_at < end.body.at == NOW


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2026-11-24T09:20:00Z", NOW - timedelta(minutes=6)),
        ("2026-11-24T10:20:00+01:00", NOW - timedelta(minutes=6)),
        ("2026-11-24T09:27:00Z", NOW - timedelta(milliseconds=10)),
        ("2026-11-20T09:20:00Z", NOW - timedelta(milliseconds=10)),
    ],
)
def test_a_call_told_once_it_is_over_began_when_its_exchange_says_unless_it_can_not_be(
    started: str, expected: datetime
) -> None:
    arrival, _ = _told(incoming("hangup", cause="cancel", startedAt=started))
    assert isinstance(arrival.body, RegisterCall)
    assert arrival.body.arrived_at == expected


@pytest.mark.parametrize(
    ("duration", "talked"), [("00:02:00", timedelta(minutes=2)), ("00:30:00", timedelta(minutes=6))]
)
def test_a_conversation_told_once_it_is_over_lasted_as_said_and_no_longer_than_the_call(
    duration: str, talked: timedelta
) -> None:
    ended = incoming("hangup", cause="normalClearing", answeringNumber="4101", duration=duration)
    _, answer, end = _told({**ended, "startedAt": "2026-11-24T09:20:00Z"})
    assert isinstance(answer.body, RegisterAnswer)
    assert isinstance(end.body, RegisterEnd)
    assert end.body.at - answer.body.at == talked


def _without(name: str) -> Fields:
    return {key: value for key, value in incoming("newCall").items() if key != name}


MALFORMED: dict[str, tuple[tuple[str, bytes], str]] = {
    "nothing": (("application/json", b""), "body"),
    "not JSON": (("application/json", b"{oops"), "body"),
    "a list": (("application/json", b"[1]"), "body"),
    "JSON as deep as a well": (("application/json", b"[" * 60_000), "body"),
    "no form": (("text/plain", b"hello"), "callId"),
    "bytes": (("", b"\xff\xfe\x00"), "callId"),
    "a form without end": (("multipart/form-data; boundary=x", b"--y\r\n\r\n"), "body"),
    "a multipart form without boundary": (("multipart/form-data", b"--x--"), "body"),
    "too many fields": (as_form({f"x{at}": "" for at in range(300)}), "body"),
    "no call": (as_json(_without("callId")), "callId"),
    "a call of spaces": (as_json(incoming("newCall", "   ")), "callId"),
    "a call named at length": (as_json(incoming("newCall", "x" * 251)), "callId"),
    "a call that is a list of lists": (("application/json", b'{"callId": [["x"]]}'), "callId"),
    "no event": (as_json(_without("event")), "event"),
    "another event": (as_json(incoming("newcall")), "event"),
    "no direction": (as_form(_without("direction")), "direction"),
    "another direction": (as_json(incoming("newCall") | {"direction": "inbound"}), "direction"),
    "a NUL": (as_json(incoming("newCall") | {"from": "06\0"}), "from"),
    "half a character": (("application/json", b'{"from": "\\ud800", "callId": "1"}'), "from"),
    "a moment without zone": (as_json(incoming("hangup", startedAt="2026-11-24T09:00:00")), "startedAt"),
    "a moment that is none": (as_json(incoming("hangup", startedAt="this morning")), "startedAt"),
    "a duration that is none": (as_form(incoming("hangup", duration="2 min")), "duration"),
    "an object for a text": (("application/json", b'{"from": {"a": 1}, "callId": "1"}'), "from"),
    "a yes for a text": (("application/json", b'{"user": true, "callId": "1"}'), "user"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_message_names_its_field(case: str) -> None:
    posted, field = MALFORMED[case]
    with pytest.raises(Malformed) as raised:
        read_message(*posted)
    assert raised.value.field == field
    assert f"`{field}`" in raised.value.reason


def test_what_an_exchange_adds_or_writes_its_own_way_is_taken() -> None:
    written = {
        **incoming("newCall"),
        "callId": 123456,
        "from": 33639980001,
        "extra": {"a": [1]},
        "user": None,
    }
    message = read_message("application/json; charset=utf-8", json.dumps(written).encode())
    assert (message.call, message.from_raw, message.users) == ("123456", CALLER, ())


def test_json_is_recognised_without_its_content_type() -> None:
    assert read_message("", as_json(incoming("newCall"))[1]).from_raw == CALLER


def test_a_file_in_a_form_is_no_field() -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="callId"; filename="a"\r\n\r\n1\r\n--x--\r\n'
    with pytest.raises(Malformed, match="callId"):
        read_message("multipart/form-data; boundary=x", body)
