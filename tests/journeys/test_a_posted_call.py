"""A call that an exchange posts pops as one that our own line tells, but for what the phone can be asked."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
import requests
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.words import CallState
from app.queries.caller_card import CallerCard
from tests.server.connectors.posts import WAYS, incoming
from ui.bootstrap import DeskConsole
from ui.demonstration import demonstration_desk
from ui.refusal_words import refusal_words
from ui.story.first_call import EXTENSION, QUEUE
from ui.story.hospital import Hospital
from ui.theme import theme
from ui.widgets.button import Button
from ui.workplace import Workplace

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]

ANCHOR = datetime.fromisoformat("2026-11-24T10:26+01:00")
TOKEN = "a-secret-of-the-posting-exchange"
NUMBER = "33639984107"
PATIENCE_MS = 40_000


def _post(hospital: Hospital, event: str, call: str, way: str, **more: str) -> None:
    fields = {**incoming(event, call, queue=QUEUE, **more), "from": NUMBER}
    content_type, body = WAYS[way](fields)
    answer = requests.post(
        f"{hospital.address}/hooks/cti/{TOKEN}",
        data=body,
        headers={"Content-Type": content_type},
        timeout=20,
    )
    assert (answer.status_code, answer.json()) == (200, {})


def _popped(qtbot: QtBot, desk: DeskConsole, state: CallState, *, other_than: str = "") -> CallerCard:
    """The card of the call in hand, once it is another call's and so far."""
    place = desk.place
    assert place is not None

    def is_there() -> bool:
        card = place.call.state.card
        return card is not None and card.call.state is state and card.call.contact != other_than

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
    card = place.call.state.card
    assert card is not None
    return card


def test_a_posted_call_pops_is_answered_and_ends_like_one_of_our_line(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    theme.apply(qapp)
    (tmp_path / "connectors.toml").write_text(
        f'[[cti]]\nline = "clinique"\ntoken = "{TOKEN}"\nusers = {{ "Claire M." = "{EXTENSION}" }}\n', "utf-8"
    )
    with ExitStack() as stack:
        hospital = stack.enter_context(Hospital(tmp_path, anchor=ANCHOR, seed=3, persons=50))
        desk = demonstration_desk(stack, hospital, tmp_path, anchor=ANCHOR)
        place = desk.place
        assert place is not None
        qtbot.addWidget(place.window)
        qtbot.waitUntil(lambda: place.rail.link_words.startswith("À jour"), timeout=PATIENCE_MS)

        own = hospital.play("ring", number=f"+{NUMBER}", queue=QUEUE, extension=EXTENSION)
        from_line = _popped(qtbot, desk, CallState.RINGING)
        assert from_line.call.contact == own
        assert _off(place) == {}
        hospital.play("hang_up", contact=own)
        _popped(qtbot, desk, CallState.ENDED)

        for way in WAYS:
            before = place.call.contact
            _post(hospital, "newCall", way, way, user="Claire M.")
            posted = _popped(qtbot, desk, CallState.RINGING, other_than=before)
            assert posted.candidates == from_line.candidates != ()
            assert _told(posted) == _told(from_line)
            assert _off(place) == {"Répondre": refusal_words("no_line")}
            _post(hospital, "answer", way, way, answeringNumber=EXTENSION)
            assert _popped(qtbot, desk, CallState.IN_CALL).call.agent
            assert _off(place) == dict.fromkeys(("Muet", "Attente", "Raccrocher"), refusal_words("no_line"))
            _post(hospital, "hangup", way, way, cause="normalClearing")
            assert _popped(qtbot, desk, CallState.ENDED).call.contact == posted.call.contact


def _off(place: Workplace) -> dict[str, str]:
    """The strip's buttons that are shown and cannot be pressed, each with why."""
    shown = (each for each in place.strip.findChildren(Button) if not each.isHidden())
    return {each.text(): each.toolTip() for each in shown if not each.isEnabled()}


def _told(card: CallerCard) -> dict[str, object]:
    """What the strip shows, but for the call's own name, its line and its moments."""
    call = msgspec.structs.asdict(card.call)
    own = ("contact", "line")
    return {name: value for name, value in call.items() if name not in own and not name.endswith("_at")}
