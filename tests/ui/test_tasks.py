"""What fails behind the window is written in the log, with its place and no words of anybody."""

import io
import json
import logging
from collections.abc import Generator
from concurrent.futures import Future
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import Refusal
from app.logs import set_up_logs
from ui.tasks import Tasks, Wire


class FailingWire:
    """Whatever is asked of it fails so."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def ask(self, _query: object) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_exception(self._error)
        return done


@pytest.fixture
def written() -> Generator[io.StringIO]:
    stream = io.StringIO()
    set_up_logs("INFO", to=stream)
    yield stream
    logging.getLogger().handlers.clear()


@pytest.mark.parametrize("error", [ValueError("DUBREUIL"), Refusal("unknown_person")])
def test_a_question_that_fails_leaves_a_line_and_no_name(
    error: Exception, qtbot: QtBot, written: io.StringIO
) -> None:
    tasks = Tasks(cast("Wire", FailingWire(error)))
    with qtbot.waitSignal(tasks.failed, timeout=20_000):
        tasks.ask(lambda _connection, _house: None, lambda _: None)
    event = json.loads(written.getvalue())
    assert (event["level"], event["error"]) == ("error", type(error).__name__)
    assert "DUBREUIL" not in written.getvalue()
