"""`filrouge pop NUMBER`: the running console shows a number, from its own files when it must."""

import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.words import NumberKind
from ui.demonstration import demonstration_desk
from ui.instance import ERASED, INSTANCE, WITHDRAWN, Instance
from ui.story.cable import Cable
from ui.story.hospital import Hospital
from ui.theme import theme

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

ANCHOR = datetime.fromisoformat("2026-11-24T10:26+01:00")


def test_a_number_asked_by_another_process_reaches_the_running_console(qtbot: QtBot) -> None:
    running = Instance(INSTANCE)
    heard: list[str] = []
    running.number_asked.connect(heard.append)
    pop = subprocess.Popen(
        [sys.executable, "-m", "ui", "pop", "tel:+33639984107"],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    qtbot.waitUntil(lambda: heard == ["+33639984107"], timeout=30_000)
    qtbot.waitUntil(lambda: pop.poll() is not None, timeout=20_000)
    assert pop.returncode == 0
    running.close()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(ERASED, "72\N{NO-BREAK SPACE}h sans le serveur"), (WITHDRAWN, "accès de ce compte est retiré")],
)
def test_pop_says_why_the_desk_has_nothing_left_to_find_a_person_in(
    qtbot: QtBot, answer: bytes, sentence: str
) -> None:
    running = Instance(INSTANCE)
    running.answer = answer
    pop = subprocess.Popen(
        [sys.executable, "-m", "ui", "pop", "0639984107"],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
    )
    qtbot.waitUntil(lambda: pop.poll() is not None, timeout=30_000)
    _, said = pop.communicate()
    assert sentence in said.decode()
    assert pop.returncode == 0
    running.close()


def test_a_number_pops_from_the_replica_while_the_server_is_away(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    theme.apply(qapp)
    with ExitStack() as stack:
        hospital = stack.enter_context(Hospital(tmp_path, anchor=ANCHOR, seed=3, persons=50))
        cable = Cable(host="127.0.0.1", port=hospital.port)
        stack.callback(cable.close)
        desk = demonstration_desk(stack, hospital, tmp_path, anchor=ANCHOR, address=cable.address)
        place = desk.place
        assert place is not None
        qtbot.addWidget(place.window)
        qtbot.waitUntil(lambda: place.rail.link_words.startswith("À jour"), timeout=40_000)
        cable.cut()
        qtbot.waitUntil(lambda: place.rail.link_words.startswith("Hors ligne"), timeout=40_000)
        place.call.note_number("06 39 98 41 07")
        qtbot.waitUntil(lambda: place.call.state.card is not None, timeout=20_000)
        card = place.call.state.card
        assert card is not None
        assert card.call.number_kind is NumberKind.KNOWN_FORMAT
        assert [one.birth_name for one in card.candidates] == ["DUBREUIL", "LEROUX", "LEROUX"]
        assert card.opened is None
        qtbot.waitUntil(place.screen.isVisible, timeout=20_000)
