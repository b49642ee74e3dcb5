"""A server that gives the exchange's calls other names at each of its starts: the runs must find it out."""

import os
from collections.abc import Mapping

from app.domain.ids import Id
from sync.server.__main__ import main
from sync.server.connectors import Hold
from sync.server.connectors.asterisk.call import Dialplan
from sync.server.connectors.asterisk.calls import ExchangeCalls

_begin = ExchangeCalls.__init__


def _begin_anew(
    self: ExchangeCalls,
    *,
    line: str,
    exchange_start: str,
    dialplan: Dialplan,
    held: Mapping[Id, Hold] | None = None,
) -> None:
    _begin(self, line=line, exchange_start=f"{exchange_start} {os.getpid()}", dialplan=dialplan, held=held)


if __name__ == "__main__":
    ExchangeCalls.__init__ = _begin_anew
    raise SystemExit(main())
