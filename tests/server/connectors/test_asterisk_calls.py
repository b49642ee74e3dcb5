"""Asterisk's messages to commands: over captures of a real exchange, repeated and shuffled."""

import random
from datetime import timedelta

import pytest

from app.domain.commands import RegisterCall
from sync.server.connectors.asterisk.ami import Message, MessageReader
from sync.server.connectors.asterisk.call import extension_of
from tests.server.connectors.lines import (
    CALLER,
    CAPTURES,
    DIRECT,
    START,
    WELCOME,
    AsteriskScene,
    Told,
    captured,
    contact_of,
    exchange_calls,
    messages,
    said_at,
    summary,
)

ARRIVED = ("RegisterCall", "accueil", WELCOME, CALLER)
RANG, ANSWERED = ("RegisterRing", "101"), ("RegisterAnswer", "101")
HELD, RETRIEVED, HUNG_UP = ("RegisterHold", "101"), ("RegisterRetrieval", "101"), ("RegisterEnd", "hung_up")
CALLED = "0639985678"
GIVEN = [("RegisterTransfer", "blind", "101", "102"), ("RegisterRing", "102"), ("RegisterAnswer", "102")]
ANNOUNCED = [("RegisterTransfer", "attended", "101", "102"), ("RegisterAnswer", "102")]
TABLE: dict[str, list[Told]] = {
    "answered": [ARRIVED, RANG, ANSWERED, ("RegisterEnd", "hung_up")],
    "gave-up": [ARRIVED, RANG, ("RegisterEnd", "abandoned")],
    "not-answered-in-time": [
        ("RegisterCall", "accueil", "0199001002", CALLER),
        RANG,
        ("RegisterNoAnswer", "101"),
        ("RegisterEnd", "missed"),
    ],
    "hold": [ARRIVED, RANG, ANSWERED, HELD, RETRIEVED, HELD, RETRIEVED, HUNG_UP],
    "blind": [ARRIVED, RANG, ANSWERED, *GIVEN, HUNG_UP],
    "ami-blind": [ARRIVED, RANG, ANSWERED, *GIVEN, HUNG_UP],
    "blind-unanswered": [ARRIVED, RANG, ANSWERED, *GIVEN[:2], HUNG_UP],
    "blind-outside": [
        ARRIVED,
        RANG,
        ANSWERED,
        ("RegisterTransfer", "blind", "101", CALLED),
        ("RegisterAnswer", CALLED),
        HUNG_UP,
    ],
    "attended": [ARRIVED, RANG, ANSWERED, HELD, RETRIEVED, *ANNOUNCED, HUNG_UP],
    "attended-at-once": [ARRIVED, RANG, ANSWERED, HELD, RETRIEVED, *ANNOUNCED, HUNG_UP],
    "attended-ringing": [
        *(ARRIVED, RANG, ANSWERED, HELD, RETRIEVED, ANNOUNCED[0]),
        *(("RegisterRing", "102"), ("RegisterAnswer", "102"), HUNG_UP),
    ],
    "attended-ringing-unanswered": [
        *(ARRIVED, RANG, ANSWERED, HELD, RETRIEVED, ANNOUNCED[0]),
        *(("RegisterRing", "102"), HUNG_UP),
    ],
    "ami-attended": [ARRIVED, RANG, ANSWERED, HELD, *ANNOUNCED, HUNG_UP],
    "ami-attended-cancelled": [ARRIVED, RANG, ANSWERED, HELD, RETRIEVED, HUNG_UP],
    "ami-attended-left": [ARRIVED, RANG, ANSWERED, HELD, RETRIEVED, HUNG_UP],
    "ami-attended-keys": [ARRIVED, RANG, ANSWERED, HELD, *ANNOUNCED, HUNG_UP],
    "ami-blind-back": [
        ARRIVED,
        RANG,
        ANSWERED,
        *GIVEN[:2],
        ("RegisterNoAnswer", "102"),
        RANG,
        ANSWERED,
        HUNG_UP,
    ],
    "no-answer": [
        ("RegisterCall", "orthopedie", "0199001005", CALLER),
        RANG,
        ("RegisterRing", "102"),
        ("RegisterNoAnswer", "101"),
        ("RegisterNoAnswer", "102"),
        RANG,
        ("RegisterRing", "102"),
        ("RegisterAnswer", "102"),
        HUNG_UP,
    ],
    "overflow": [
        ("RegisterCall", "accueil", "0199001006", CALLER),
        RANG,
        ("RegisterNoAnswer", "101"),
        ("RegisterOverflow", "accueil", "orthopedie"),
        ("RegisterRing", "102"),
        ("RegisterAnswer", "102"),
        HUNG_UP,
    ],
    "voicemail": [
        ("RegisterCall", "accueil", "0199001004", CALLER),
        RANG,
        ("RegisterNoAnswer", "101"),
        ("RegisterVoicemail",),
        ("RegisterEnd", "missed"),
    ],
    "voicemail-nothing": [
        ("RegisterCall", "accueil", "0199001004", CALLER),
        RANG,
        ("RegisterNoAnswer", "101"),
        ("RegisterEnd", "missed"),
    ],
    "originate": [("RegisterOutgoingCall", "101", CALLED), ANSWERED, HUNG_UP],
    "dialled": [("RegisterOutgoingCall", "101", CALLED), ANSWERED, HUNG_UP],
    "originate-refused": [],
    "agents": [ARRIVED, RANG, ANSWERED, HUNG_UP],
    "direct": [
        ("RegisterCall", "direction", DIRECT, CALLER),
        RANG,
        ANSWERED,
        ("RegisterEnd", "hung_up"),
    ],
    "direct-gave-up": [
        ("RegisterCall", "direction", DIRECT, CALLER),
        RANG,
        ("RegisterEnd", "abandoned"),
    ],
    "withheld": [
        ("RegisterCall", "accueil", WELCOME, "anonymous"),
        RANG,
        ("RegisterEnd", "abandoned"),
    ],
    "anonymous": [
        ("RegisterCall", "accueil", WELCOME, "anonymous"),
        RANG,
        ("RegisterEnd", "abandoned"),
    ],
    "ami-attended-taken": [
        *(ARRIVED, RANG, ANSWERED, HELD),
        ("RegisterTransfer", "attended", "101", "102"),
        *(("RegisterRing", "102"), ("RegisterAnswer", "102"), HUNG_UP),
    ],
    "ami-attended-back": [
        *(ARRIVED, RANG, ANSWERED, HELD),
        ("RegisterTransfer", "attended", "101", "102"),
        *(("RegisterRing", "102"), ("RegisterNoAnswer", "102"), RANG, ANSWERED, HUNG_UP),
    ],
    "sip-call": [
        ARRIVED,
        ("RegisterRing", "102"),
        ("RegisterAnswer", "102"),
        ("RegisterEnd", "hung_up"),
    ],
    "local-call": [
        ARRIVED,
        ("RegisterRing", "102"),
        ("RegisterRing", "103"),
        ("RegisterAnswer", "103"),
        ("RegisterEnd", "hung_up"),
    ],
    "abandon": [
        ("RegisterCall", "accueil", WELCOME, "0639985678"),
        ("RegisterEnd", "abandoned"),
    ],
    "click-to-call": [],
    "bad-login": [],
}


@pytest.mark.parametrize("capture", TABLE)
def test_a_captured_call_gives_its_commands(capture: str) -> None:
    told = AsteriskScene().hear(captured(capture))
    assert [summary(envelope) for envelope in told] == TABLE[capture]


@pytest.mark.parametrize("capture", TABLE)
def test_a_stream_heard_twice_says_nothing_new(capture: str) -> None:
    scene = AsteriskScene()
    scene.hear(captured(capture))
    assert scene.hear(captured(capture)) == []


@pytest.mark.parametrize("capture", TABLE)
def test_two_processes_that_hear_the_same_derive_the_same_ids(capture: str) -> None:
    first, second = (AsteriskScene().hear(captured(capture)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("capture", [name for name, told in TABLE.items() if told])
@pytest.mark.parametrize("seed", range(50))
def test_a_shuffled_and_repeated_stream_tells_each_thing_once(capture: str, seed: int) -> None:
    draw = random.Random(seed)
    heard = captured(capture) * 2
    draw.shuffle(heard)
    told = AsteriskScene().hear(heard)
    assert summary(told[0])[0] == TABLE[capture][0][0]
    assert TABLE[capture][-1] in [summary(each) for each in told]
    assert len({each.id for each in told}) == len(told)
    # A ring that is heard after the answer is no news, and what was held in between comes to nothing.
    unheard = {name for name, *_ in TABLE[capture]} - {summary(each)[0] for each in told}
    assert unheard <= {"RegisterRing", "RegisterHold", "RegisterRetrieval"}


def test_the_wait_counts_from_the_first_ring_not_from_the_queue() -> None:
    calls = exchange_calls()
    channel, join = messages("1.1", "arrive", CALLER)
    assert calls.to_commands(channel, START) == []
    (told,) = calls.to_commands(join, START + timedelta(seconds=20))
    assert isinstance(told.body, RegisterCall)
    assert told.body.arrived_at == START


def test_a_caller_who_hangs_up_in_the_menu_is_still_logged() -> None:
    scene = AsteriskScene()
    channel, _ = messages("1.1", "arrive", CALLER)
    request, _, _, hangup = messages("1.1", "hang_up", "")
    assert [summary(told) for told in scene.hear([channel, request, hangup])] == [
        ("RegisterCall", "", WELCOME, CALLER),
        ("RegisterEnd", "abandoned"),
    ]


def test_a_queue_goes_by_the_hospitals_name_for_it() -> None:
    _, join = messages("1.1", "arrive", CALLER)
    (told,) = exchange_calls().to_commands({**join, "Queue": "accueil-soir"}, START)
    assert summary(told) == ARRIVED


@pytest.mark.parametrize(
    "told_apart_by", [{"ChannelState": "0"}, {"Linkedid": "1.1"}, {"Context": "internal"}]
)
def test_a_channel_that_we_call_out_on_is_not_a_caller(told_apart_by: Message) -> None:
    channel = {**messages("1.2", "arrive", CALLER)[0], **told_apart_by}
    hangup = {**messages("1.2", "hang_up", "")[-1], "Linkedid": channel["Linkedid"]}
    assert AsteriskScene().hear([channel, hangup]) == []


def test_a_ring_that_is_heard_after_the_answer_is_no_news() -> None:
    heard = [messages("1.1", *act) for act in (("arrive", CALLER), ("answer", "101"), ("ring", "102"))]
    told = AsteriskScene().hear([message for act in heard for message in act])
    assert [summary(each) for each in told] == [ARRIVED, ANSWERED]


def test_a_ring_stamped_just_before_the_transfer_that_makes_it_rings_all_the_same() -> None:
    heard = captured("ami-blind")
    given, rings = (
        next(each for each in heard if each.get("Event") == event and each.get("Exten") != WELCOME)
        for event in ("BlindTransfer", "DialBegin")
    )
    others = [each for each in heard if each is not rings]
    sooner = {**rings, "Timestamp": str(float(given["Timestamp"]) - 0.002)}
    others.insert(others.index(given), sooner)
    assert [summary(each) for each in AsteriskScene().hear(others)] == TABLE["ami-blind"]


def test_an_answered_call_whose_queue_was_never_heard_is_told_when_it_ends() -> None:
    channel, _ = messages("1.1", "arrive", CALLER)
    heard = [channel, *messages("1.1", "answer", "101"), messages("1.1", "hang_up", "")[-1]]
    assert [summary(each) for each in AsteriskScene().hear(heard)] == [
        ("RegisterCall", "", WELCOME, CALLER),
        ANSWERED,
        ("RegisterEnd", "hung_up"),
    ]


def test_who_takes_a_call_given_while_it_rang_is_asked_by_the_channel_of_the_phone() -> None:
    calls = exchange_calls()
    for message in captured("ami-attended-taken"):
        told = calls.to_commands(message, said_at(message))
        if told and summary(told[-1]) == ("RegisterAnswer", "102"):
            assert calls.channel_of(contact_of(told[-1]), "102").startswith("PJSIP/102-")
            return
    raise AssertionError("Nobody answered.")


def test_a_call_that_came_back_can_be_given_again_to_the_same_one() -> None:
    heard = captured("ami-attended-back")
    again = {
        **next(message for message in heard if message["Event"] == "AttendedTransfer"),
        "Timestamp": str(float(heard[-1]["Timestamp"]) - 1),
    }
    told = AsteriskScene().hear([*heard[:-3], again])
    given = ("RegisterTransfer", "attended", "101", "102")
    assert [summary(each) for each in told].count(given) == 2


def test_names_longer_than_any_are_cut_not_refused() -> None:
    channel, join = messages("1.1", "arrive", CALLER)
    ring = messages("1.1", "ring", "1" * 5000)[0]
    heard = [{**channel, "Exten": "0" * 5000}, {**join, "Queue": "q" * 5000}, ring]
    arrived, rang = (summary(each) for each in AsteriskScene().hear(heard))
    assert arrived == ("RegisterCall", "q" * 200, "0" * 200, CALLER)
    assert rang == ("RegisterRing", "1" * 200)


def test_a_number_said_to_be_prohibited_is_not_passed_on() -> None:
    channel, join = messages("1.1", "arrive", CALLER)
    caller_id = {
        **channel,
        "Event": "NewCallerid",
        "CID-CallingPres": "35 (Presentation Prohibited, Network Number)",
    }
    assert [summary(told) for told in AsteriskScene().hear([channel, caller_id, join])] == [
        ("RegisterCall", "accueil", WELCOME, "anonymous")
    ]


@pytest.mark.parametrize(
    ("capture", "expected"),
    [
        ("answered", [ARRIVED, ANSWERED]),
        ("gave-up", [ARRIVED, RANG]),
        ("direct", [("RegisterCall", "direction", DIRECT, CALLER), ANSWERED]),
        ("anonymous", [("RegisterCall", "accueil", WELCOME, "anonymous"), RANG]),
    ],
)
def test_a_line_that_starts_in_the_middle_of_a_call_reads_it_from_the_lists(
    capture: str, expected: list[Told]
) -> None:
    listed = MessageReader({"CoreShowChannel", "QueueEntry"}).feed((CAPTURES / f"{capture}.ami").read_bytes())
    channels = [each for each in listed if each.get("Event") == "CoreShowChannel"]
    waiting = [each for each in listed if each.get("Event") == "QueueEntry"]
    told = exchange_calls().reconcile(channels, waiting, before=frozenset(), at=START)
    assert [summary(each) for each in told] == expected
    # What was heard and what was listed is one and the same.
    heard = {each.id for each in AsteriskScene().hear(captured(capture))}
    assert {each.id for each in told} <= heard


def test_a_call_the_lists_no_longer_hold_is_over_unless_it_began_after_they_were_asked() -> None:
    calls = exchange_calls()
    for call in ("1.1", "1.2"):
        for message in messages(call, "arrive", CALLER):
            calls.to_commands(message, START)
    told = calls.reconcile([], [], before=frozenset({"1.1"}), at=START)
    assert [summary(each) for each in told] == [("RegisterEnd", "abandoned")]
    assert calls.live == {"1.2"}


def test_the_lists_tell_since_when_a_caller_waits() -> None:
    channel = messages("1.1", "arrive", CALLER)[1]
    listed = {**channel, "Application": "Queue", "ApplicationData": "accueil,tT", "Duration": "00:01:05"}
    (told,) = exchange_calls().reconcile([listed], [], before=frozenset(), at=START)
    assert isinstance(told.body, RegisterCall)
    assert told.body.arrived_at == START - timedelta(seconds=65)


def test_a_list_item_with_a_broken_duration_is_still_a_call() -> None:
    channel = messages("1.1", "arrive", CALLER)[1]
    listed = {**channel, "Application": "Queue", "ApplicationData": "accueil,tT", "Duration": "soon"}
    (told,) = exchange_calls().reconcile([listed], [], before=frozenset(), at=START)
    assert summary(told) == ARRIVED


def test_a_second_ring_at_the_same_extension_is_told() -> None:
    calls = exchange_calls()
    heard = messages("1.1", "arrive", CALLER) + messages("1.1", "ring", "101")
    again: Message = {**heard[-2], "DestUniqueid": "1.1.later"}
    told = [summary(each) for message in [*heard, again] for each in calls.to_commands(message, START)]
    assert told == [ARRIVED, RANG, RANG]


def test_the_hang_up_of_an_agents_phone_does_not_end_the_call() -> None:
    calls = exchange_calls()
    heard = messages("1.1", "arrive", CALLER) + messages("1.1", "ring", "101")
    for message in heard:
        calls.to_commands(message, START)
    assert calls.to_commands({"Event": "Hangup", "Uniqueid": "1.1.101", "Linkedid": "1.1"}, START) == []
    assert calls.live == {"1.1"}


def test_a_message_without_a_call_or_an_extension_is_ignored() -> None:
    calls = exchange_calls()
    for message in [{}, {"Event": "Hangup"}, {"Event": "AgentCalled", "Linkedid": "1.1", "Interface": "?"}]:
        assert calls.to_commands(message, START) == []
    assert calls.live == frozenset()


def test_calls_that_are_over_are_forgotten_in_the_end_and_live_ones_never() -> None:
    calls = exchange_calls()
    for message in messages("0.0", "arrive", CALLER):
        calls.to_commands(message, START)
    for number in range(10_000):
        calls.to_commands({"Event": "Hangup", "Uniqueid": f"1.{number}", "Linkedid": f"1.{number}"}, START)
    assert calls.live == {"0.0"}
    assert calls.remembered <= 4096


@pytest.mark.parametrize(
    ("interface", "extension"),
    [
        ("PJSIP/101", "101"),
        ("PJSIP/101-0000002a", "101"),
        ("Local/103@agents/n", "103"),
        ("Local/103@agents-00000001;1", "103"),
        ("SIP/poste-12", "poste-12"),
        ("", ""),
        ("101", ""),
    ],
)
def test_the_extension_is_read_from_the_interface(interface: str, extension: str) -> None:
    assert extension_of(interface) == extension
