"""The calls without a patient: the two hidden ones that 03 says, and those of a number that is known now."""

from app.domain.words import CallerKind, Ending
from app.queries.earlier_calls import EarlierCall, EarlierCalls
from app.queries.linkable_calls import LinkableCall, Links
from tests.panels.mockup import MARTINE, paris


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


def earlier_calls_of_martine() -> EarlierCalls:
    """Three calls of the number of 02 that nobody identified, one of them linked to another."""
    return EarlierCalls(
        person=MARTINE,
        calls=(
            EarlierCall(contact="early-3", at=paris(11, 24, 8, 2)),
            EarlierCall(contact="early-2", at=paris(11, 23, 16, 40), caller_kind=CallerKind.PATIENT),
            EarlierCall(contact="early-1", at=paris(11, 23, 16, 31), follows="early-2"),
        ),
    )
