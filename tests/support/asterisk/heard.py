"""What the journeys call the parts of a call, and what they look at of what a line told."""

from app.domain.commands import CommandEnvelope, ReportAgentState
from sync.server.connectors.asterisk.session import AsteriskSettings
from tests.server.connectors.lines import Told, summary
from tests.support.asterisk.exchange import Exchange
from tests.support.asterisk.wire import Listener, settings

CALLER = "0639981234"
RANG, ANSWERED, HUNG_UP = ("RegisterRing", "101"), ("RegisterAnswer", "101"), ("RegisterEnd", "hung_up")


def line_to(exchange: Exchange) -> AsteriskSettings:
    return settings(exchange.ports.ami, username=exchange.username, secret=exchange.secret)


def of_calls(listener: Listener) -> list[CommandEnvelope]:
    """What is told of calls; the agents' states beside them are another test's."""
    return [each for each in listener.told if not isinstance(each.body, ReportAgentState)]


def told_of(listener: Listener) -> list[Told]:
    return [summary(envelope) for envelope in of_calls(listener)]
