"""Every kind of fact, for every role with a feed: in its services or not, of a protected person or not."""

from itertools import product
from typing import Any, get_args

import msgspec
import pytest

from app.domain.directory import MASKED, DirectoryEntry
from app.domain.facts import AnyFact, PersonEntered
from app.domain.words import EntryKind, Role
from app.store.bundles import Bundle
from app.store.journal import Entry, EntryScope
from sync.server.feed.desk import Desk, sight
from sync.server.feed.entries import FeedEntry
from tests.support import plan
from tests.support.samples import sample
from tests.support.scene import MARTINE, MORNING

KINDS: tuple[type[Any], ...] = get_args(AnyFact)
WITH_A_FEED = [role for role in plan.ROLES if plan.TABLE["persons, timeline"][role] != "no"]
EACH_CASE = [
    pytest.param(role, is_own, is_protected, id=f"{role}-{is_own}-{is_protected}")
    for role, is_own, is_protected in product(WITH_A_FEED, (True, False), (False, True))
]
OWN, OTHER, AUTHOR = "orthopedie", "standard", "h.lambert"
_COLLEAGUE = DirectoryEntry(id=MARTINE, kind=EntryKind.PERSON, name="Dr SALVI", mobile="0639980001")


def _desk(role: str, *, login: str = "somebody") -> Desk:
    return Desk(login=login, services=frozenset({OWN}), extension="", **sight(Role(role)))


def _told(kind: type[Any], desk: Desk, *, is_own: bool, is_protected: bool, of_all: bool) -> dict[str, Any]:
    """What this desk is sent of an entry with one fact of Martine; nothing when it is not concerned."""
    service = OWN if is_own else OTHER
    given = {"person": MARTINE, "service": service, "candidates": (MARTINE,), "by": AUTHOR}
    fact = sample(kind, **given, entry=_COLLEAGUE) if kind.__name__ == "DirectoryEntryListed" else None
    entry = Entry(
        position=7,
        command_id=MARTINE,
        command_kind="Anything",
        author=AUTHOR,
        desk=AUTHOR,
        at=MORNING,
        scope=EntryScope(persons=() if of_all else (MARTINE,), services=(service,), is_for_all=of_all),
        facts=(fact or sample(kind, **given),),
    )
    cut = FeedEntry(
        entry,
        holders={MARTINE: frozenset({service})},
        protected=frozenset({MARTINE} if is_protected else ()),
        bundles={MARTINE: Bundle(person=MARTINE, as_of=7, rows={"contact": [], "person": []})},
        alone={},
    ).encode_for(desk)
    return {} if cut is None else msgspec.json.decode(cut)


def _hears(kind: type[Any], desk: Desk, *, is_own: bool, is_protected: bool) -> bool:
    of_all = plan.FACTS[kind.__name__] == "everybody"
    sent = _told(kind, desk, is_own=is_own, is_protected=is_protected, of_all=of_all)
    return [fact["kind"] for fact in sent.get("facts", ())] == [kind.__name__]


def _planned(rule: str, role: str, *, is_own: bool, is_protected: bool) -> bool:
    match rule:
        case "everybody":
            return True
        case "accesses":
            return plan.reaches(role, "what was opened by break-glass")
        case "call":
            return is_own
        case "subject":
            return plan.sees(role, is_own=is_own, is_protected=is_protected)
        case _:
            return False


@pytest.mark.parametrize(("role", "is_own", "is_protected"), EACH_CASE)
def test_each_kind_of_fact_is_told_to_whom_the_plan_says(
    role: str,
    is_own: bool,  # noqa: FBT001 - pytest gives them by name
    is_protected: bool,  # noqa: FBT001
) -> None:
    desk, case = _desk(role), {"is_own": is_own, "is_protected": is_protected}
    heard = {kind.__name__: _hears(kind, desk, **case) for kind in KINDS}
    assert heard == {name: _planned(rule, role, **case) for name, rule in plan.FACTS.items()}


@pytest.mark.parametrize("role", [role for role in WITH_A_FEED if plan.is_unaware(role)])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_desk_that_may_not_know_somebody_is_not_told_the_name(kind: type[Any], role: str) -> None:
    sent = _told(kind, _desk(role), is_own=True, is_protected=True, of_all=False)
    if plan.FACTS[kind.__name__] in ("call", "subject", "rows", "nobody"):
        sent.pop("command_id", None)
        assert MARTINE not in str(sent)


@pytest.mark.parametrize(("role", "is_own", "is_protected"), EACH_CASE)
def test_a_person_who_enters_comes_as_rows_where_she_may_be_seen(
    role: str,
    is_own: bool,  # noqa: FBT001
    is_protected: bool,  # noqa: FBT001
) -> None:
    case = {"is_own": is_own, "is_protected": is_protected}
    sent = _told(PersonEntered, _desk(role), of_all=False, **case)
    brought = [bundle["person"] for bundle in sent.get("bundles", ())]
    assert brought == ([MARTINE] if plan.sees(role, **case) else [])


@pytest.mark.parametrize("role", WITH_A_FEED)
def test_who_broke_the_glass_is_told_of_it_whatever_the_role(role: str) -> None:
    author = _desk(role, login=AUTHOR)
    for kind in KINDS:
        if plan.FACTS[kind.__name__] == "accesses":
            assert _hears(kind, author, is_own=False, is_protected=True), kind


@pytest.mark.parametrize("role", WITH_A_FEED)
def test_a_colleagues_mobile_is_told_as_the_plan_says(role: str) -> None:
    (kind,) = (kind for kind in KINDS if kind.__name__ == "DirectoryEntryListed")
    sent = _told(kind, _desk(role), is_own=False, is_protected=False, of_all=True)
    is_shown = plan.reaches(role, "colleagues' mobile numbers")
    assert sent["facts"][0]["entry"]["mobile"] == (_COLLEAGUE.mobile if is_shown else MASKED)
