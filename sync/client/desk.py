"""What a console does with its two files, whatever brings the pages: no thread and no wire here."""

from app.domain.commands import (
    AnyCommand,
    CommandEnvelope,
    PartCase,
    ReopenCommitment,
    UnlinkContact,
    WithdrawIdentification,
    WithdrawMessage,
    WithdrawMotive,
)
from app.domain.consent_commands import WithdrawPreference
from app.domain.errors import Refusal
from app.ports import Clock, Mint
from app.usecases.desk import ON_DESK
from sync.client.changes import Changes
from sync.client.files import DAMAGE
from sync.client.outbox import Outbox
from sync.client.replica import Replica
from sync.protocol.messages import MAX_COMMANDS, CommandMessage, Page


class Desk:
    """One signed-in author at one desk."""

    def __init__(self, outbox: Outbox, replica: Replica, *, author: str, clock: Clock, mint: Mint) -> None:
        self.outbox = outbox
        self.replica = replica
        self._author = author
        self._clock = clock
        self._mint = mint
        # What an earlier run left may have been sent: only what is added here surely was not.
        self._unsent: set[str] = set()

    def start(self) -> Changes:
        """Bring both files in step after whatever ended the last run."""
        self.outbox.forget_settled()
        self.outbox.send_again_held(self._author)
        return self.replica.replay()

    def submit(self, command: AnyCommand) -> tuple[str, Changes]:
        """Keep a command for good and show it; answers its id and what changed.

        Raises `Refusal` when a rule says no here already, or when only the server may run it.
        """
        if not isinstance(command, ON_DESK):
            raise Refusal("needs_server")
        undone = _undone_by(command)
        if undone in self._unsent:
            return undone, self._take_out(undone)
        envelope = CommandEnvelope(
            id=self._mint.new_id(), made_at=self._clock.now(), author=self._author, body=command
        )
        changes = self._keep(envelope)
        self._unsent.add(envelope.id)
        return envelope.id, changes

    def apply(self, page: Page) -> Changes:
        """Lay a page of the feed, or the cursor of a beat. Raises `OtherJournal`."""
        return self.replica.apply(page)

    def forget_over(self) -> Changes:
        """Let go of whoever was opened for a while that is over."""
        return self.replica.forget_over(self._clock.now())

    def take(self, most: int = MAX_COMMANDS) -> list[CommandMessage]:
        """The next commands to send, whoever made them; from now on they may have reached the server."""
        batch = self.outbox.to_send(most, here=self._author)
        self._unsent.difference_update(message.id for message in batch)
        return batch

    def switch(self, replica: Replica) -> Changes:
        """Go on with a replica rebuilt from a snapshot.

        What the new journal does not hold is to be sent again; what waits is shown over it.
        """
        epoch, _, head = replica.cursor.rpartition(".")
        self.outbox.send_again_lost(epoch=epoch, head=int(head))
        return self.replace(replica)

    def replace(self, replica: Replica) -> Changes:
        """Show what waits over another replica."""
        old, self.replica = self.replica, replica
        replica.replay()
        old.close()
        return Changes(is_whole=True)

    def _keep(self, envelope: CommandEnvelope) -> Changes:
        try:
            return self.replica.show(envelope)
        except DAMAGE:
            # The replica is damaged and will be rebuilt; what was saved must not wait for that.
            self.outbox.add(envelope)
            return Changes(is_whole=True)

    def _take_out(self, command_id: str) -> Changes:
        self._unsent.discard(command_id)
        return self.replica.take_out(command_id)


def _undone_by(command: AnyCommand) -> str:
    """The id of the command that « Annuler » takes back."""
    match command:
        case WithdrawMotive():
            return command.log
        case ReopenCommitment() | PartCase() | WithdrawIdentification() | UnlinkContact() | WithdrawMessage():
            return command.act
        case WithdrawPreference():
            return command.act
        case _:
            return ""
