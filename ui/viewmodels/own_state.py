"""One's own state in one's queues, as the exchange last told it."""

import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.words import AgentState
from app.queries.agent_states import OwnState, own_states
from ui.tasks import Desk
from ui.translate import say


class OwnStates(QObject):
    """What the agent at this extension does in each queue; nothing is shown before the exchange says it."""

    state_changed = Signal()

    def __init__(self, desk: Desk, *, extension: str) -> None:
        super().__init__()
        self.state: tuple[OwnState, ...] = ()
        self._desk = desk
        self._extension = extension

    def look(self) -> None:
        """Read it again."""
        if self._extension:
            self._desk.ask(self._read, self._show)

    def _read(self, connection: sa.Connection, establishment: str) -> tuple[OwnState, ...]:
        return own_states(connection, establishment, self._extension)

    def _show(self, states: tuple[OwnState, ...]) -> None:
        if states != self.state:
            self.state = states
            self.state_changed.emit()


def main_state(states: tuple[OwnState, ...]) -> AgentState | None:
    """What is said first of several queues: whoever may still be rung is available."""
    found = {one.state for one in states}
    if AgentState.AVAILABLE in found:
        return AgentState.AVAILABLE
    return states[0].state if states else None


def agent_word(state: AgentState) -> str:
    """« Disponible », « Post-appel »: the states of design 5.1."""
    return {
        AgentState.AVAILABLE: say("Disponible"),
        AgentState.RINGING: say("Sonne"),
        AgentState.IN_CALL: say("En appel"),
        AgentState.WRAP_UP: say("Post-appel"),
        AgentState.UNAVAILABLE: say("Indisponible"),
        AgentState.AT_DESK: say("Guichet"),
        AgentState.TRAINING: say("Formation"),
        AgentState.SUPERVISION: say("Supervision"),
        AgentState.OFFLINE: say("Hors ligne"),
    }[state]
