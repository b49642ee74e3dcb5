"""What was promised stands at the right of the outcome, whole, and pushes nothing out of a narrow panel."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.words import Channel
from app.queries.glance import PromiseInView
from tests.panels.test_motive_form import CONTACT, NOW, Bench
from ui.theme import theme
from ui.translate import tongue
from ui.viewmodels.motive_form_state import Subject

WIDE, NARROW = 392, 360
MARGIN = 17
DUE = {
    "today": timedelta(hours=6),
    "yesterday": timedelta(days=-1),
    "tomorrow": timedelta(days=1),
    "wednesday": timedelta(days=-6),
    "in a month": timedelta(days=30),
    "last year": timedelta(days=-400),
}


@pytest.fixture(params=["fr", "en"])
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    tongue.choose(qapp, request.param)
    yield request.param
    tongue.choose(qapp, "fr")


@pytest.mark.parametrize("due", DUE)
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.usefixtures("spoken")
def test_a_promise_is_read_whole_beside_the_outcome(
    qtbot: QtBot, qapp: QApplication, width: int, due: str
) -> None:
    theme.apply(qapp)
    bench = Bench(width=width, height=612)
    qtbot.addWidget(bench.side)
    bench.side.show()
    promise = PromiseInView(
        commitment="promise",
        what="Rappel",
        channel=Channel.PHONE,
        due_at=NOW + DUE[due],
        owner="Orthopédie",
        made_at=NOW - timedelta(days=1),
    )
    about = Subject(contact=CONTACT, service="orthopedie", service_name="Orthopédie", promises=(promise,))
    bench.form.start(about)
    bench.form.pick("31")
    promised, status = bench.panel.promised, bench.panel.status
    for _ in range(3):
        assert promised.isVisible()
        qtbot.waitUntil(lambda: promised.link.width() == promised.link.sizeHint().width())
        for part in (promised, status):
            assert part.mapTo(bench.side, QPoint(part.width(), 0)).x() <= width - MARGIN + 1
        promised.link.click()
