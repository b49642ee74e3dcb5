"""A server that believes that no call ended while it did not hear the exchange: the runs must find it out."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.commands import CommandEnvelope
from sync.server.__main__ import main
from sync.server.connectors.asterisk.ami import Message
from sync.server.connectors.asterisk.calls import ExchangeCalls

_reconcile = ExchangeCalls.reconcile


def _hear_of_news_alone(
    self: ExchangeCalls,
    channels: Sequence[Message],
    waiting: Sequence[Message],
    *,
    before: frozenset[str],
    at: datetime,
) -> list[CommandEnvelope]:
    return _reconcile(self, channels, waiting, before=before & frozenset(), at=at)


if __name__ == "__main__":
    ExchangeCalls.reconcile = _hear_of_news_alone
    raise SystemExit(main())
