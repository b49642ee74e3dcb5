"""What an agent of a queue does, told from what the exchange knows of the phone and of the pause."""

from collections.abc import Mapping

from app.domain.words import AgentState

PAUSE_WORDS: Mapping[AgentState, str] = {
    AgentState.WRAP_UP: "Post-appel",
    AgentState.UNAVAILABLE: "Indisponible",
    AgentState.AT_DESK: "Guichet",
    AgentState.TRAINING: "Formation",
    AgentState.SUPERVISION: "Supervision",
}
"""The pauses an agent may choose, and the reason that the exchange is given for each."""

_BY_WORD = {word.casefold(): state for state, word in PAUSE_WORDS.items()}


def paused_state(reason_raw: str) -> AgentState:
    """The pause that the exchange's reason names; any other is a break, and nobody's business."""
    return _BY_WORD.get(reason_raw.strip().casefold(), AgentState.UNAVAILABLE)


def agent_state(phone: AgentState, *, is_paused: bool, reason_raw: str = "") -> AgentState:
    """A call shows before a pause, a pause before a free phone; a phone that is off is off."""
    if is_paused and phone is AgentState.AVAILABLE:
        return paused_state(reason_raw)
    return phone
