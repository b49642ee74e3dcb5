"""One exchange for the journeys of a run: each leaves it without calls."""

from collections.abc import Iterator

import pytest

from tests.support.asterisk.exchange import Exchange


@pytest.fixture(scope="session")
def asterisk() -> Iterator[Exchange]:
    exchange = Exchange()
    try:
        exchange.start()
        yield exchange
    finally:
        exchange.close()


@pytest.fixture
def exchange(asterisk: Exchange) -> Iterator[Exchange]:
    yield asterisk
    asterisk.silence()
