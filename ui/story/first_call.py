"""The story of the first call: rung, shown, verified, qualified, with and without the wire."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.domain.words import CallState, Proof
from app.queries.caller_card import CallerCard
from ui.screens.home import HomeScreen
from ui.screens.morning import MorningScreen
from ui.story.player import Script, Until, settle
from ui.story.stage import PaintWatch, Seat, Stage
from ui.translate import say

SHARED_NUMBER = "0639984107"
QUEUE = "secretariat-orthopedie"
EXTENSION = "4101"
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def first_call(stage: Stage) -> Script:
    """Every step of « First call », in its order."""
    yield from _signs_in(stage)
    yield from _sees_the_morning(stage)
    yield from _rings_and_shows(stage)
    yield from _is_verified(stage)
    yield from _is_qualified(stage)
    yield from _is_hidden_and_offline(stage)
    yield from _is_in_the_journal_once(stage)


def _signs_in(stage: Stage) -> Script:
    for seat in (stage.second, stage.first):
        yield Until(what="a console follows the server", holds=_is_up_to_date(seat), within_s=60)
    stage.first.window.activateWindow()
    yield settle()
    stage.notebook.write("signed in", stage.first)


def _sees_the_morning(stage: Stage) -> Script:
    """What the evening left: opened from the day, and left again."""
    seat = stage.first
    (home,), (morning,) = seat.window.findChildren(HomeScreen), seat.window.findChildren(MorningScreen)
    yield Until(what="the evening left something", holds=home.morning.isVisible)
    home.morning.click()
    yield Until(what="its callers are listed", holds=lambda: len(morning.list.rows) > 1)
    yield settle()
    stage.notebook.write("morning list", seat)
    morning.back.click()


def _rings_and_shows(stage: Stage) -> Script:
    seat, notebook = stage.first, stage.notebook
    watch = PaintWatch(seat.window)
    seat.call.rang.connect(watch.arm)
    asked = stage.line("ring", number=SHARED_NUMBER, queue=QUEUE, extension=EXTENSION)
    yield Until(what="the call is shown", holds=lambda: watch.painted_at is not None and asked.done())
    _, asked_at = asked.result()
    notebook.write("ring")
    yield settle()
    notebook.write("pop", seat, ring_to_painted_ms=((watch.painted_at or asked_at) - asked_at) * 1000)
    seat.press(Qt.Key.Key_1, ALT)
    yield Until(what="the card is open", holds=_state(seat, lambda card: card.is_linked))
    yield settle()
    notebook.write("person opened", seat)
    stage.line("answer", contact=seat.call.contact, extension=EXTENSION)
    yield Until(what="the call is answered", holds=_in_call(seat))
    yield settle()
    notebook.write("answered", seat)


def _is_verified(stage: Stage) -> Script:
    seat = stage.first
    seat.call.verify((Proof.BIRTH_DATE, Proof.POSTCODE))
    yield Until(what="the caller is verified", holds=_state(seat, lambda card: card.verified_at))
    yield settle()
    stage.notebook.write("caller verified", seat)


def _is_qualified(stage: Stage) -> Script:
    seat = stage.first
    _three_keys(seat, "31")
    yield settle()
    stage.notebook.write("motive chosen", seat)
    seat.press(Qt.Key.Key_Return, CONTROL)
    yield Until(what="the save is kept", holds=lambda: bool(seat.sent))
    yield settle()
    stage.notebook.write("motive logged in four keys", seat)
    contact = seat.call.contact
    yield Until(what="console 2 has it", holds=lambda: stage.second_has(contact))
    yield settle()
    stage.notebook.write("seen by console 2", stage.second)
    stage.line("hang_up", contact=contact)
    yield Until(what="the call is over", holds=_state(seat, lambda card: card.call.state is CallState.ENDED))


def _is_hidden_and_offline(stage: Stage) -> Script:
    seat, notebook = stage.first, stage.notebook
    before = seat.call.contact
    rung = stage.line("ring", number="anonymous", queue=QUEUE, extension=EXTENSION)
    yield Until(what="the hidden call is shown", holds=lambda: seat.call.contact != before and rung.done())
    contact, _ = rung.result()
    stage.line("answer", contact=contact, extension=EXTENSION)
    yield Until(what="the hidden call is answered", holds=_in_call(seat))
    yield settle()
    notebook.write("hidden caller", seat)
    stage.cable.cut()
    yield Until(what="the rail says it", holds=lambda: say("Hors ligne") in seat.link_words())
    yield settle()
    notebook.write("wire cut", seat)
    _three_keys(seat, "61")
    seat.press(Qt.Key.Key_Return, CONTROL)
    yield Until(what="the save is kept here", holds=lambda: len(seat.sent) == 2)
    yield settle()
    notebook.write("motive logged offline", seat)
    stage.cable.mend()
    yield Until(what="the wire is back", holds=_is_up_to_date(seat))
    yield Until(what="console 2 has it", holds=lambda: stage.second_has(contact))
    yield settle()
    notebook.write("wire back", seat)


def _is_in_the_journal_once(stage: Stage) -> Script:
    yield Until(
        what="the journal holds both once", holds=lambda: stage.entries_of(stage.first.sent) == [1, 1]
    )
    stage.notebook.write("journal holds both once")


def _three_keys(seat: Seat, motive: str) -> None:
    seat.press(Qt.Key.Key_F4)
    seat.type(motive)


def _is_up_to_date(seat: Seat) -> Callable[[], bool]:
    return lambda: seat.link_words().startswith(say("À jour, {at}").format(at=""))


def _state(seat: Seat, test: Callable[[CallerCard], object]) -> Callable[[], bool]:
    def holds() -> bool:
        card = seat.call.state.card
        return card is not None and bool(test(card))

    return holds


def _in_call(seat: Seat) -> Callable[[], bool]:
    return _state(seat, lambda card: card.call.state is CallState.IN_CALL)
