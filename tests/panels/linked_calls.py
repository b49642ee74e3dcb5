"""The two hidden calls of the morning that 03 says are without a patient."""

from app.domain.words import Ending
from app.queries.linkable_calls import LinkableCall, Links
from tests.panels.mockup import paris


def links_of_the_morning() -> Links:
    """One that was answered and qualified, one given up."""
    return Links(
        others=(
            LinkableCall(
                contact="hidden-2",
                at=paris(11, 24, 9, 52),
                queue_name="Standard",
                agent="Julie Renard",
                answered_at=paris(11, 24, 9, 53),
                ended_at=paris(11, 24, 9, 55),
                ending=Ending.HUNG_UP,
                motive="61",
                note="Rappellera\u00a0: cherche le chirurgien qui l’a opérée",
            ),
            LinkableCall(
                contact="hidden-1",
                at=paris(11, 24, 8, 47),
                queue_name="Standard",
                ended_at=paris(11, 24, 8, 48),
                ending=Ending.ABANDONED,
            ),
        )
    )
