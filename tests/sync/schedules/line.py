"""In a schedule: calls come and go, and persons leave or are erased."""

from app.domain.commands import (
    ErasePerson,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterRing,
    ReleasePerson,
)
from app.domain.words import Ending, ErasureGround
from tests.sync.hospital import EXTENSIONS, NUMBERS, PERSONS, SERVICES
from tests.sync.schedules.stage import Stage
from tests.sync.seats import Seat


class Line(Stage):
    """The acts that no desk asks for."""

    def call_arrives(self, _seat: Seat) -> None:
        contact = self._mint.new_id()
        self._calls.append(contact)
        service = self.chance.choice(SERVICES)
        number = self.chance.choice((*NUMBERS, "+33199000199", "anonymous"))
        self._tell(
            RegisterCall(
                contact=contact,
                queue=f"file-{service}",
                number_raw=number,
                arrived_at=self.hospital.clock.now(),
            )
        )

    def call_moves(self, _seat: Seat) -> None:
        if not self._calls:
            return
        contact, at = self.chance.choice(self._calls[-4:]), self.hospital.clock.now()
        extension = self.chance.choice(list(EXTENSIONS))
        self._tell(
            self.chance.choice(
                (
                    RegisterRing(contact=contact, extension=extension, at=at),
                    RegisterAnswer(contact=contact, extension=extension, at=at),
                    RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=at),
                )
            )
        )

    def person_leaves(self, _seat: Seat) -> None:
        self._tell(ReleasePerson(person=self.chance.choice(PERSONS), service=self.chance.choice(SERVICES)))

    def person_is_erased(self, _seat: Seat) -> None:
        self._tell(ErasePerson(person=self.chance.choice(PERSONS), ground=ErasureGround.REQUEST))
