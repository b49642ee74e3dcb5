"""What is written in a log names nobody, whoever calls it."""

import io
import json
import logging
from collections.abc import Generator

import pytest

from app.logs import REDACTED, fault, log, set_up_logs


@pytest.fixture
def written() -> Generator[io.StringIO]:
    """Where this test's log goes."""
    stream = io.StringIO()
    set_up_logs("INFO", to=stream)
    yield stream
    logging.getLogger().handlers.clear()


def test_only_safe_keys_keep_their_value(written: io.StringIO) -> None:
    log("calls").info("a call arrived", number="+33639980001", name="DUBREUIL", text="genou", position=12)
    event = json.loads(written.getvalue())
    assert (event["number"], event["name"], event["text"]) == (REDACTED,) * 3
    assert (event["event"], event["position"], event["logger"]) == ("a call arrived", 12, "calls")


@pytest.mark.parametrize("number", ["0639980001", "+33 6 39 98 00 01", "06.39.98.00.01"])
def test_a_number_is_hidden_even_under_a_safe_key(written: io.StringIO, number: str) -> None:
    log("calls").info(f"what about {number}?", reason=number)
    event = json.loads(written.getvalue())
    assert (event["event"], event["reason"]) == (f"what about {REDACTED}?", REDACTED)


def test_an_identifier_stays_readable(written: io.StringIO) -> None:
    log("calls").info("done", command_id="01a2011a-bd58-75f9-bdd9-397b92f204e0")
    assert "01a2011a-bd58-75f9-bdd9-397b92f204e0" in written.getvalue()


def test_an_exception_is_its_type_and_place_without_its_message(written: io.StringIO) -> None:
    try:
        raise ValueError("DUBREUIL Martine")
    except ValueError as error:
        log("calls").error("failed", **fault(error))
    event = json.loads(written.getvalue())
    assert event["error"] == "ValueError"
    assert event["where"].startswith("test_an_exception")
    assert "DUBREUIL" not in written.getvalue()


def test_a_library_says_where_and_not_what(written: io.StringIO) -> None:
    logging.getLogger("some.library").warning("parameters: %s", "DUBREUIL")
    event = json.loads(written.getvalue())
    assert (event["logger"], event["event"]) == ("some.library", "a library speaks")
    assert "DUBREUIL" not in written.getvalue()


def test_what_is_below_the_level_is_not_written(written: io.StringIO) -> None:
    log("calls").debug("detail")
    assert written.getvalue() == ""
