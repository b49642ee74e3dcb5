"""« Consignes du jour »: who may tell them writes them over the day view; the server alone publishes them."""

from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.commands import PublishNotice, WithdrawNotice
from app.domain.roles import Action, may
from app.domain.words import NoticeTopic, Role
from ui.panels.day import NoticeCard
from ui.panels.day.notice_form import NoticeForm
from ui.translate import say
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat


class NoticeWriting(QObject):
    """A supervisor writes for the service where the desk is; a refusal leaves what was typed."""

    def __init__(self, seat: Seat, *, card: NoticeCard, notices: Notices, host: QWidget) -> None:
        super().__init__(host)
        self._seat, self._card, self._notices = seat, card, notices
        self._notice = self._service = ""
        self.form = NoticeForm(host, now=seat.clock.now)
        if may(Role(seat.person.role), Action.SETTINGS):
            card.allow_writing()
        card.write.clicked.connect(self._begin)
        card.chosen.connect(self._change)
        self.form.sent.connect(self._publish)
        self.form.withdrawn.connect(self._withdraw)

    def _begin(self) -> None:
        self._notice, self._service = "", self._seat.person.service
        self.form.open_new()

    def _change(self, key: str) -> None:
        notice = self._card.notice(key)
        if notice is not None:
            self._notice, self._service = notice.notice, notice.service
            self.form.open_for(notice)

    def _publish(self, title: str, text: str, topic: str, ends_at: datetime) -> None:
        command = PublishNotice(
            notice=self._notice or self._seat.mint.new_id(),
            service=self._service,
            topic=NoticeTopic(topic),
            title=title,
            text=text,
            ends_at=ends_at,
        )
        self._seat.desk.submit(command, self._tell_published, self._notices.refuse)

    def _withdraw(self) -> None:
        self._seat.desk.submit(
            WithdrawNotice(notice=self._notice), self._tell_withdrawn, self._notices.refuse
        )

    def _tell_published(self, _sent: str) -> None:
        self._finish(say("Consigne publiée"))

    def _tell_withdrawn(self, _sent: str) -> None:
        self._finish(say("Consigne retirée"))

    def _finish(self, words: str) -> None:
        self.form.clear()
        self.form.hide()
        self._notices.tell(words)
