"""Joining what is about the same thing, from the history, with an « Annuler » that is real."""

from functools import partial

from PySide6.QtCore import QObject

from app.domain.commands import JoinCase, PartCase
from ui.tasks import Desk
from ui.translate import say
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices


class Joining(QObject):
    """The history of the call page asks; what was done is told and can be taken back."""

    def __init__(self, desk: Desk, *, front: CallInFront, notices: Notices) -> None:
        super().__init__()
        self._desk = desk
        self._notices = notices
        front.screen.timeline.join_wanted.connect(self._join)

    def _join(self, command: JoinCase, title: str) -> None:
        self._desk.submit(command, partial(self._tell, command, title), self._notices.refuse)

    def _tell(self, command: JoinCase, title: str, act: str) -> None:
        words = say("Relié à «\u00a0{title}\u00a0»").format(title=title)
        self._notices.tell(words, partial(self._part, PartCase(case=command.case, act=act)))

    def _part(self, command: PartCase) -> None:
        self._desk.submit(command, None, self._notices.refuse)
