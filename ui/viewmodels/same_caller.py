"""« Relier à un autre appel »: the calls of nobody known that may be this same caller's, and the link."""

from functools import partial

import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.commands import LinkContact, UnlinkContact
from app.ports import Clock
from app.queries.linkable_calls import Links, links_of
from ui.tasks import Desk


class SameCaller(QObject):
    """`linked` tells the other contact and the command that linked it to this one."""

    state_changed = Signal()
    linked = Signal(str, object)
    refused = Signal(object)

    def __init__(self, desk: Desk, *, clock: Clock) -> None:
        super().__init__()
        self.state = Links()
        self._desk, self._clock = desk, clock
        self._contact = ""

    def turn_to(self, contact: str) -> None:
        """Another call: what was read of the last one is none of its."""
        if contact != self._contact:
            self._contact = contact
            self._set(Links())

    def look(self, contact: str) -> None:
        """Read what this call may be linked to; of none, nothing."""
        self.turn_to(contact)
        if contact:
            self._desk.ask(partial(_links, contact=contact, clock=self._clock), partial(self._keep, contact))

    def link(self, other: str) -> None:
        """This call is of the same person as that one."""
        contact = self._contact
        self._desk.submit(
            LinkContact(contact=contact, other=other),
            lambda act: self._tell(other, UnlinkContact(contact=contact, act=act)),
            self.refused.emit,
        )

    def unlink(self) -> None:
        """They were not of the same person after all."""
        if self.state.act:
            self.undo(UnlinkContact(contact=self._contact, act=self.state.act))

    def undo(self, command: UnlinkContact) -> None:
        """Take one link back."""
        self._desk.submit(command, lambda _: self.look(self._contact), self.refused.emit)

    def _tell(self, other: str, undo: UnlinkContact) -> None:
        self.linked.emit(other, undo)
        self.look(self._contact)

    def _keep(self, contact: str, links: Links) -> None:
        if contact == self._contact:
            self._set(links)

    def _set(self, links: Links) -> None:
        self.state = links
        self.state_changed.emit()


def _links(connection: sa.Connection, establishment: str, *, contact: str, clock: Clock) -> Links:
    return links_of(connection, establishment, contact, now=clock.now())
