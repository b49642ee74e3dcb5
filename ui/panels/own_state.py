"""The choice of one's own state: for all of one's queues, and for each where there are several."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.queues import PAUSE_WORDS
from app.domain.words import AgentState
from app.queries.agent_states import OwnState
from ui.translate import say
from ui.viewmodels.own_state import agent_word


class OwnStateMenu(QMenu):
    """« Disponible » and the pauses; arrows, Entrée and Échap as in any menu. `chosen` tells state and queue.

    An empty queue stands for all of them.
    """

    chosen = Signal(str, str)

    def __init__(self, states: tuple[OwnState, ...], *, trouble: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Mon état"))
        if trouble:
            self.addAction(trouble).setEnabled(False)
            self.addSeparator()
        self._offer(self, "", {one.state for one in states}, is_offered=not trouble)
        if len(states) > 1:
            self._offer_each(states, is_offered=not trouble)

    def _offer_each(self, states: tuple[OwnState, ...], *, is_offered: bool) -> None:
        self.addSeparator()
        for one in states:
            words = say("{queue}\u00a0: {state}").format(queue=one.queue_name, state=agent_word(one.state))
            submenu = self.addMenu(words.replace("&", "&&"))
            self._offer(submenu, one.queue, {one.state}, is_offered=is_offered)

    def _offer(self, menu: QMenu, queue: str, now: set[AgentState], *, is_offered: bool) -> None:
        for state in (AgentState.AVAILABLE, *PAUSE_WORDS):
            act = menu.addAction(agent_word(state), partial(self.chosen.emit, state.value, queue))
            act.setCheckable(True)
            act.setChecked(now == {state})
            act.setEnabled(is_offered)
