"""A house to which things happen, one after the other: what the stories of commands are told with."""

from datetime import timedelta
from typing import cast

from app.domain import commands as c
from app.domain import consent_commands as k
from app.domain import relative_commands as p
from app.domain.command import Command
from app.domain.consent import Choice
from app.domain.directory import DirectoryEntry
from app.domain.ids import Id, derived_id
from app.domain.words import Outcome
from tests.support.samples import sample
from tests.support.scene import MARTINE, QUEUE, Scene

LINE = "line:test"
NUMBER = "0639980001"
HERE, THERE = "4101", "4001"
SERVICE = "orthopedie"
ENTRY = derived_id("entry", "h.lambert")


class Story:
    """One house, and the hand that has it do things; each step is done, never refused."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.last = ""

    def do(self, command: Command, author: str = "c.morvan") -> Id:
        """The command's id."""
        settled = self.scene.run(cast("c.AnyCommand", command), author=author)
        assert settled.refusal == "", f"{type(command).__name__}: {settled.refusal} {settled.field}"
        self.last = type(command).__name__
        return settled.command_id

    def line(self, kind: type[Command], contact: Id, **given: object) -> None:
        """The telephone tells something of a call, a moment after what it told before."""
        self.scene.clock.move(timedelta(seconds=1))
        at = {"at": self.scene.clock.now()} if "at" in kind.__struct_fields__ else {}
        self.do(sample(kind, contact=contact, extension=HERE, **(at | given)), LINE)

    def call(self, *, answered: bool = True, ended: bool = False) -> Id:
        """Somebody calls, rings here, and speaks or not."""
        contact = self.scene.new_id()
        self.line(
            c.RegisterCall,
            contact,
            line=LINE,
            queue=QUEUE,
            number_raw=NUMBER,
            arrived_at=self.scene.clock.now(),
        )
        self.line(c.RegisterRing, contact)
        if answered:
            self.line(c.RegisterAnswer, contact)
        if ended:
            self.line(c.RegisterEnd, contact)
        return contact

    def told(self) -> Id:
        """A call whose caller is known."""
        contact = self.call(ended=True)
        self.do(c.IdentifyCaller(contact=contact, person=MARTINE))
        return contact

    def logged(self, motive: str = "31") -> tuple[Id, Id, Id]:
        """A contact qualified with a demand and a promise: contact, save, demand."""
        contact, demand = self.told(), self.scene.new_id()
        log = c.LogMotive(
            contact=contact,
            motive=motive,
            outcome=Outcome.FOLLOW_UP,
            service=SERVICE,
            case=demand,
            case_title=f"Demande {motive}",
            commitment=self.promise(),
        )
        return contact, self.do(log), demand

    def promise(self) -> c.Promise:
        """For tomorrow."""
        due_at = self.scene.clock.now() + timedelta(days=1)
        return c.Promise(commitment=self.scene.new_id(), due_at=due_at, owner="c.morvan")

    def promised(self) -> Id:
        """A promise that stands."""
        promise = self.promise()
        self.do(c.Commit(promise=promise, service=SERVICE, person=MARTINE))
        return promise.commitment

    def asked(self, kind: type[Command], **given: object) -> Id:
        """Something is asked of one's own phone."""
        self.agent()
        return self.do(sample(kind, **given))

    def agent(self) -> None:
        """The extension is known to the exchange."""
        self.do(
            sample(c.ReportAgentState, line=LINE, queue=QUEUE, extension=HERE, at=self.scene.clock.now()),
            LINE,
        )

    def message(self) -> Id:
        """« Merci de rappeler »."""
        self.entry()
        message = self.scene.new_id()
        later = self.scene.clock.now() + timedelta(hours=1)
        self.do(c.LeaveMessage(message=message, recipient=ENTRY, text="Rappeler", due_at=later))
        return message

    def entry(self) -> None:
        """Somebody to leave messages for."""
        entry = sample(DirectoryEntry, id=ENTRY, name="Hugo Lambert", service="standard")
        self.do(c.ImportDirectory(entries=(entry,)), "administrator")

    def preferred(self) -> Id:
        """What a person lets us send."""
        return self.do(sample(k.SetPreference, person=MARTINE, choice=Choice.REFUSED))

    def close(self) -> Id:
        """Somebody is close to a person."""
        return self.do(sample(p.SayRelative, person=MARTINE, full_name="Yann Le Gall", number_raw=NUMBER))

    def open_glass(self) -> Id:
        """A record opened with a reason."""
        glass = self.scene.new_id()
        self.do(c.BreakGlass(glass=glass, person=MARTINE, reason="Urgence au téléphone"))
        return glass
