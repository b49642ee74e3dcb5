"""The two records of mock-up 07b: DUBREUIL Martine, and the provisional record that may be hers."""

from datetime import timedelta

from app.domain.consent import Basis, Choice, Preference, Purpose
from app.domain.doubles import Record, likeness
from app.domain.words import Channel, IdentityStatus
from app.queries.doubles import Double, Doubles, Side, SignalledPair, ToDecide, ToSort
from tests.panels.mockup import MARTINE, NOW, paris

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


NAMES = ("LEROUX Martine", "DUBREUIL Martine")
CALL = ToSort(
    item="call",
    kind="contact",
    person=TWIN,
    was=MARTINE,
    parted_at=NOW,
    names=NAMES,
    held_by=MARTINE,
    at=NOW - timedelta(days=1),
    channel="phone",
    direction="inbound",
)
PROMISE = ToSort(
    item="promise",
    kind="commitment",
    person=TWIN,
    was=MARTINE,
    parted_at=NOW,
    names=NAMES,
    held_by=TWIN,
    at=NOW - timedelta(hours=2),
    channel="phone",
    what="Rappel",
)
SIGNALLED = SignalledPair(
    person=MARTINE, other=TWIN, by="c.morvan", signalled_at=NOW, names=(NAMES[1], NAMES[0])
)


def waiting_to_be_decided() -> ToDecide:
    """A call and a promise that came while both were one, and a pair that somebody signalled."""
    return ToDecide(signalled=(SIGNALLED,), to_sort=(CALL, PROMISE))
