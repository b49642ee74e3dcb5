"""The two records of mock-up 07b: DUBREUIL Martine, and the provisional record that may be hers."""

from app.domain.consent import Basis, Choice, Preference, Purpose
from app.domain.doubles import Record, likeness
from app.domain.words import Channel, IdentityStatus
from app.queries.doubles import Double, Doubles, Side
from tests.panels.mockup import MARTINE, paris

TWIN = "martine-bis"
KEPT = Side(
    person=MARTINE,
    traits=Record(
        birth_name="DUBREUIL",
        used_name="LEROUX",
        first_given_name="Martine",
        birth_date="1958-03-14",
        sex="F",
        birth_place="Rouen (76540)",
        ipp="00418276",
    ),
    identity_status=IdentityStatus.QUALIFIED,
    numbers=("+33639984107",),
    contacts=13,
    open_demands=5,
    promises=1,
    postcode="76210",
    preferred_channel=Channel.PHONE,
    preferred_hours="le matin",
    preferences=(
        Preference(
            purpose=Purpose.STAY,
            channel=Channel.EMAIL,
            choice=Choice.REFUSED,
            said_at=paris(3, 4, 9, 0),
            basis=Basis.CARE,
        ),
    ),
)
OTHER = Side(
    person=TWIN,
    traits=Record(birth_name="DUBREUIL", first_given_name="Martine", birth_date="1958-03-14", sex="F"),
    identity_status=IdentityStatus.PROVISIONAL,
    numbers=("+33639986218",),
    contacts=1,
    open_demands=1,
    promises=0,
    postcode="76210",
    preferences=(
        Preference(
            purpose=Purpose.STAY,
            channel=Channel.EMAIL,
            choice=Choice.ALLOWED,
            said_at=paris(11, 20, 11, 0),
            basis=Basis.CARE,
        ),
    ),
)


def doubles_of_martine() -> Doubles:
    """What the server answers of her."""
    found = likeness(KEPT.traits, OTHER.traits)
    return Doubles(kept=KEPT, doubles=(Double(side=OTHER, likeness=found),))
