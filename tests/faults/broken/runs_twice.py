"""A server that runs again what is sent again (sync rule 3 broken): the runs must find it out."""

import sys
from collections.abc import Sequence
from datetime import datetime

import msgspec

from app.clock import AnchoredClock
from app.dispatch import Asked, Settled
from app.domain.commands import CommandEnvelope
from app.domain.ids import derived_id
from app.settings import read_settings
from sync.server.bootstrap import house, serving
from sync.server.feed.intake import Intake


class RunsTwice(Intake):
    """What was already run is run under another id, as where ids are not unique."""

    def run_all(self, asked: Sequence[Asked], *, desk: str) -> list[Settled]:
        """The answers are those of the first time."""
        settled = super().run_all(asked, desk=desk)
        known = {one.command_id for one in settled if not one.is_new}
        again = [one for one in asked if isinstance(one, CommandEnvelope) and one.id in known]
        super().run_all([_anew(one) for one in again], desk=desk)
        return settled


def _anew(envelope: CommandEnvelope) -> CommandEnvelope:
    return msgspec.structs.replace(envelope, id=derived_id("again", envelope.id, str(envelope.sent_at)))


def main() -> None:
    """`serve --anchor MOMENT`, like the server."""
    settings = read_settings()
    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    clock = AnchoredClock(datetime.fromisoformat(sys.argv[-1]))
    premises = serving.make_premises(engine, establishment, clock)
    intake = RunsTwice(engine, establishment, premises.tail, clock=clock, counts=premises.counts)
    own = msgspec.structs.replace(premises, intake=intake)
    serving.serve(serving.make_server(settings, own), serving.listen(settings))


if __name__ == "__main__":
    main()
