"""A process that takes a line over in the middle of an announced call, over captures of a real exchange."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeAlias

import pytest

from app.domain.commands import CommandEnvelope, RegisterHold, RegisterRetrieval, RegisterTransfer
from app.domain.ids import Id
from sync.server.connectors import Hold
from sync.server.connectors.asterisk.ami import Message, MessageReader
from sync.server.connectors.asterisk.calls import CALL_EVENTS, ExchangeCalls
from tests.server.connectors.lines import (
    CAPTURES,
    START,
    AsteriskScene,
    Told,
    contact_of,
    exchange_calls,
    said_at,
    summary,
)

Stream: TypeAlias = list[Message]
_ITEM, _COMPLETE = "CoreShowChannel", "CoreShowChannelsComplete"
_HELD, _BACK = ("RegisterHold", "101"), ("RegisterRetrieval", "101")
_GIVEN = ("RegisterTransfer", "attended", "101", "102")


def _cut(capture: str, *, at: int = 0) -> tuple[Stream, Stream, Stream]:
    """What was heard before a list of the channels, the list, what was heard after it."""
    read = MessageReader(CALL_EVENTS | {_ITEM, _COMPLETE}).feed((CAPTURES / f"{capture}.ami").read_bytes())
    ends = [index for index, each in enumerate(read) if each["Event"] == _COMPLETE]
    begun = 0 if at == 0 else ends[at - 1]
    listed = [each for each in read[begun : ends[at]] if each["Event"] == _ITEM]
    before, after = (
        [each for each in part if _is_heard(each)] for part in (read[: ends[at]], read[ends[at] :])
    )
    return before, listed, after


def _is_heard(message: Message) -> bool:
    return message["Event"] in CALL_EVENTS


def _hear(calls: ExchangeCalls, stream: Stream) -> Iterator[CommandEnvelope]:
    for message in stream:
        yield from calls.to_commands(message, said_at(message))


def _held_in(told: list[CommandEnvelope]) -> dict[Id, Hold]:
    """What the server knows of callers on hold."""
    held: dict[Id, Hold] = {}
    for each in told:
        if isinstance(each.body, RegisterHold):
            held[contact_of(each)] = Hold(extension=each.body.extension, at=each.body.at)
        elif isinstance(each.body, RegisterTransfer | RegisterRetrieval):
            held.pop(contact_of(each), None)
    return held


class _Takeover:
    """One process hears the beginning, another has the list and hears the rest.

    The first dies before the list; `died` names an earlier list before which it did already.
    """

    def __init__(self, capture: str, *, at: int = 0, died: int | None = None) -> None:
        before, listed, self._after = _cut(capture, at=at)
        before = before if died is None else _cut(capture, at=died)[0]
        self.first = list(_hear(exchange_calls(), before))
        self.calls = exchange_calls(_held_in(self.first))
        self.listed_at = said_at(before[-1])
        self.told = self.calls.reconcile(listed, [], before=frozenset(), at=self.listed_at)
        self.contact = contact_of(self.first[0])

    def known_twice(self) -> list[Told]:
        """What the list told and the first process had not."""
        ids = {each.id for each in self.first}
        return [summary(each) for each in self.told if each.id not in ids]

    def rest(self) -> list[Told]:
        """What the second process tells of what it hears."""
        return [summary(each) for each in _hear(self.calls, self._after)]


@pytest.mark.parametrize("capture", ["listed-cancelled", "listed-given", "listed-ringing", "listed-outgoing"])
def test_an_announced_call_is_taken_over_without_a_word_and_is_still_announced(capture: str) -> None:
    taken = _Takeover(capture)
    assert taken.known_twice() == []
    assert taken.calls.is_waiting(taken.contact)
    assert taken.calls.channel_of(taken.contact, "101").startswith("PJSIP/101-")


@pytest.mark.parametrize(
    ("capture", "expected"),
    [
        ("listed-cancelled", [_BACK]),
        ("listed-outgoing", [_BACK]),
        ("listed-given", [_GIVEN, ("RegisterAnswer", "102"), ("RegisterHold", "102")]),
        ("listed-ringing", [_GIVEN, ("RegisterRing", "102"), ("RegisterAnswer", "102")]),
    ],
)
def test_what_becomes_of_it_is_told_after_the_takeover(capture: str, expected: list[Told]) -> None:
    rest = _Takeover(capture).rest()
    assert rest == [*expected, ("RegisterEnd", "hung_up")]


@pytest.mark.parametrize("capture", ["listed-cancelled", "listed-given", "listed-ringing", "listed-outgoing"])
def test_two_processes_tell_what_one_would_have_told(capture: str) -> None:
    taken = _Takeover(capture)
    one, listed, after = AsteriskScene(), *_cut(capture)[::2]
    assert [summary(each) for each in taken.first] + taken.rest() == [
        summary(each) for each in one.hear(listed + after)
    ]


def test_a_hold_that_the_first_process_never_heard_is_told_by_the_second() -> None:
    before, listed, _ = _cut("listed-given")
    told = exchange_calls().reconcile(listed, [], before=frozenset(), at=said_at(before[-1]))
    assert [summary(each) for each in told][-1] == _HELD


def test_who_was_given_the_call_is_asked_by_the_channel_of_the_phone() -> None:
    taken = _Takeover("listed-given", at=1)
    assert taken.known_twice() == []
    assert taken.calls.channel_of(taken.contact, "102").startswith("PJSIP/102-")


def test_a_call_given_while_it_rings_is_not_taken_for_answered() -> None:
    taken = _Takeover("listed-ringing", at=1)
    assert taken.known_twice() == []
    assert taken.rest() == [("RegisterAnswer", "102"), ("RegisterEnd", "hung_up")]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_caller_on_hold_comes_back_only_where_the_server_knew_of_the_hold(*, is_known: bool) -> None:
    """No list tells of a plain hold: without the server's memory the return would be no news."""
    _, listed, _ = _cut("listed-given", at=1)
    contact = _Takeover("listed-given", at=1).contact
    calls = exchange_calls({contact: Hold(extension="102", at=START)} if is_known else {})
    calls.reconcile(listed, [], before=frozenset(), at=START)
    phone = next(each for each in listed if each["Channel"].startswith("PJSIP/102-"))
    told = calls.to_commands({**phone, "Event": "Unhold"}, START + timedelta(seconds=1))
    assert [summary(each) for each in told] == ([("RegisterRetrieval", "102")] if is_known else [])


@pytest.mark.parametrize(
    ("capture", "step"), [("listed-given", "RegisterAnswer"), ("listed-ringing", "RegisterRing")]
)
def test_an_announced_call_that_was_given_while_nobody_listened_is_told_as_given(
    capture: str, step: str
) -> None:
    taken = _Takeover(capture, at=1, died=0)
    assert taken.known_twice() == [_GIVEN, (step, "102")]
    assert not taken.calls.is_waiting(taken.contact)


def test_an_announced_call_left_to_the_dialplan_while_nobody_listened_is_told_where_it_went() -> None:
    """Who announced it is gone, and so is whom it was announced to: the caller hears a recording."""
    before, listed, _ = _cut("listed-given")
    first = list(_hear(exchange_calls(), before))
    caller = next(each for each in listed if each["Channel"].startswith("PJSIP/anonymous-"))
    calls = exchange_calls(_held_in(first))
    told = calls.reconcile([{**caller, "Exten": "800"}], [], before=frozenset(), at=said_at(before[-1]))
    assert summary(told[-1]) == ("RegisterTransfer", "attended", "101", "800")
    assert not calls.is_waiting(contact_of(first[0]))


def test_a_caller_listed_with_who_kept_the_call_waiting_is_asked_about_by_that_phone() -> None:
    """Together they are on a plain hold, or back from the announcement: the exchange is asked which."""
    _, listed, _ = _cut("listed-given", at=1)
    contact = _Takeover("listed-given", at=1).contact
    calls = exchange_calls({contact: Hold(extension="102", at=START)})
    calls.reconcile(listed, [], before=frozenset(), at=START)
    assert list(calls.in_doubt(listed)) == [contact]
    assert calls.in_doubt(listed)[contact].startswith("PJSIP/102-")
    told = calls.came_back(contact, START + timedelta(seconds=1))
    assert [summary(each) for each in told] == [("RegisterRetrieval", "102")]
    assert not calls.is_waiting(contact)
    assert calls.came_back(contact, START + timedelta(seconds=2)) == []


@pytest.mark.parametrize("capture", ["listed-cancelled", "listed-given", "listed-ringing", "listed-outgoing"])
def test_of_a_call_that_is_still_announced_nothing_is_asked(capture: str) -> None:
    _, listed, _ = _cut(capture)
    assert _Takeover(capture).calls.in_doubt(listed) == {}
