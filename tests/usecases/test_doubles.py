"""Two records of one human: merged as a pointer, parted without a trace on the past, sorted by a person."""

import random
from datetime import timedelta

import pytest

from app.domain.commands import (
    AnyCommand,
    Commit,
    ErasePerson,
    IdentifyCaller,
    LogMotive,
    NoteContact,
    Promise,
)
from app.domain.double_commands import (
    MergePersons,
    RejectDouble,
    SettleTriage,
    SignalDouble,
    UnmergePersons,
    WithdrawRejection,
)
from app.domain.double_facts import DoubleSignalled, PersonsMerged
from app.domain.doubles import DoubleState
from app.domain.names_sought import read_questions
from app.domain.words import Channel, ErasureGround, Outcome, Proof
from app.queries.doubles import doubles_of
from app.queries.person_search import search_persons
from app.queries.timeline import timeline
from app.store import journal, tables
from app.store.doubles import pair
from tests.support.scene import JEANNE, MARTINE, OTHER_QUEUE, PAUL, SECRET, SHARED_NUMBER, Scene

HOUR = timedelta(hours=1)


def _said(scene: Scene, person: str, *, queue: str = "") -> str:
    """A call of somebody, an hour after the last."""
    scene.clock.move(HOUR)
    contact = scene.ring(SHARED_NUMBER, queue=queue) if queue else scene.ring(SHARED_NUMBER)
    assert scene.run(IdentifyCaller(contact=contact, person=person)).refusal == ""
    return contact


def _merge(scene: Scene, person: str = PAUL, into: str = JEANNE) -> None:
    scene.clock.move(HOUR)
    assert scene.run(MergePersons(person=person, into=into), author="n.bourdin").refusal == ""


def _part(scene: Scene, person: str = PAUL) -> None:
    scene.clock.move(HOUR)
    assert scene.run(UnmergePersons(person=person), author="n.bourdin").refusal == ""


def _refused(scene: Scene, command: AnyCommand) -> tuple[str, str]:
    settled = scene.run(command)
    return settled.refusal, settled.field


def _shown(scene: Scene, person: str) -> set[str]:
    """The contacts that a reader sees on a person's page."""
    with scene.engine.connect() as connection:
        kept = scene.get(tables.person, id=person).same_as or person
        shown = timeline(connection, scene.establishment, kept, now=scene.clock.now(), limit=200)
    return {entry.contact for group in shown.groups for entry in group.entries}


def _waiting(scene: Scene) -> set[str]:
    return {row.item for row in scene.rows(tables.triage)}


def test_a_merge_rewrites_no_row_of_the_past(scene: Scene) -> None:
    contacts = [_said(scene, PAUL), _said(scene, JEANNE)]
    before = [scene.get(tables.contact, id=one) for one in contacts]
    _merge(scene)
    assert [scene.get(tables.contact, id=one) for one in contacts] == before
    assert _shown(scene, PAUL) == _shown(scene, JEANNE) == set(contacts)


def test_what_came_before_goes_back_by_itself_and_what_came_since_is_to_be_sorted(scene: Scene) -> None:
    old = {PAUL: _said(scene, PAUL), JEANNE: _said(scene, JEANNE)}
    _merge(scene)
    since = _said(scene, JEANNE)
    promise = Promise(commitment=scene.new_id(), due_at=scene.clock.now() + HOUR, owner="orthopedie")
    scene.run(Commit(promise=promise, service="orthopedie", person=JEANNE))
    _part(scene)
    assert _shown(scene, PAUL) == {old[PAUL]}
    assert _shown(scene, JEANNE) == {old[JEANNE], since}
    assert _waiting(scene) == {since, promise.commitment}


def test_what_came_before_a_merge_and_was_identified_or_written_down_while_it_stood_is_to_be_sorted(
    scene: Scene,
) -> None:
    early, late = scene.ring(SHARED_NUMBER), scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=early, person=JEANNE))
    told_at = scene.clock.now()
    _merge(scene)
    scene.clock.move(HOUR)
    scene.run(IdentifyCaller(contact=early, person=JEANNE, proofs=(Proof.BIRTH_DATE, Proof.POSTCODE)))
    scene.run(IdentifyCaller(contact=late, person=JEANNE))
    written = NoteContact(
        contact=scene.new_id(),
        channel=Channel.LETTER,
        service="orthopedie",
        person=JEANNE,
        happened_at=told_at,
    )
    assert scene.run(written).refusal == ""
    assert scene.get(tables.contact, id=written.contact).at == told_at
    _part(scene)
    assert _waiting(scene) == {late, written.contact}


def test_what_is_sorted_goes_with_all_that_was_done_at_it(scene: Scene) -> None:
    _merge(scene)
    contact, case = _said(scene, JEANNE), scene.new_id()
    promise = Promise(commitment=scene.new_id(), due_at=scene.clock.now() + HOUR, owner="orthopedie")
    motive = LogMotive(
        contact=contact,
        motive="11",
        outcome=Outcome.FOLLOW_UP,
        service="orthopedie",
        case=case,
        case_title="Rendez-vous",
        commitment=promise,
    )
    assert scene.run(motive).refusal == ""
    _part(scene)
    assert _refused(scene, SettleTriage(item=contact, person=MARTINE)) == ("not_of_these", "person")
    assert _refused(scene, SettleTriage(item=contact, person=PAUL)) == ("", "")
    assert _refused(scene, SettleTriage(item=contact, person=JEANNE)) == ("already_sorted", "item")
    assert scene.get(tables.contact, id=contact).person == PAUL
    assert scene.get(tables.commitment, id=promise.commitment).person == PAUL
    assert scene.get(tables.case, id=case).person == PAUL
    assert _shown(scene, PAUL) == {contact}
    assert _shown(scene, JEANNE) == _waiting(scene) == set()


def test_a_demand_that_is_also_another_contacts_stays_with_whom_it_was(scene: Scene) -> None:
    first, case = _said(scene, JEANNE), scene.new_id()
    motive = LogMotive(
        contact=first,
        motive="11",
        outcome=Outcome.FOLLOW_UP,
        service="orthopedie",
        case=case,
        case_title="RDV",
    )
    scene.run(motive)
    _merge(scene)
    again = _said(scene, JEANNE)
    scene.run(
        LogMotive(contact=again, motive="11", outcome=Outcome.DEALT_WITH, service="orthopedie", case=case)
    )
    _part(scene)
    scene.run(SettleTriage(item=again, person=PAUL))
    assert scene.get(tables.case, id=case).person == JEANNE
    assert scene.get(tables.contact, id=again).case_id is None
    assert scene.get(tables.contact, id=first).case_id == case


def test_merging_or_parting_twice_changes_nothing(scene: Scene) -> None:
    _merge(scene)
    again = scene.run(MergePersons(person=PAUL, into=JEANNE))
    assert (again.refusal, scene.facts(again)) == ("", ())
    _part(scene)
    parted = scene.run(UnmergePersons(person=PAUL))
    assert (parted.refusal, scene.facts(parted)) == ("", ())


def test_chains_and_circles_are_refused(scene: Scene) -> None:
    _merge(scene)
    assert _refused(scene, MergePersons(person=JEANNE, into=PAUL)) == ("persons_merged", "person")
    assert _refused(scene, MergePersons(person=JEANNE, into=MARTINE)) == ("persons_merged", "person")
    assert _refused(scene, MergePersons(person=MARTINE, into=PAUL)) == ("persons_merged", "into")
    assert _refused(scene, MergePersons(person=PAUL, into=MARTINE)) == ("persons_merged", "person")
    assert _refused(scene, MergePersons(person=PAUL, into=PAUL)) == ("same_person", "into")
    _merge(scene, MARTINE, JEANNE)


@pytest.mark.parametrize("unknown", [SECRET, "00000000-0000-7000-8000-000000000000"])
def test_who_is_protected_is_nobody_here(scene: Scene, unknown: str) -> None:
    for command in (
        MergePersons(person=unknown, into=PAUL),
        SignalDouble(person=unknown, other=PAUL),
        RejectDouble(person=unknown, other=PAUL),
        WithdrawRejection(person=unknown, other=PAUL, act=PAUL),
        UnmergePersons(person=unknown),
    ):
        assert _refused(scene, command) == ("unknown_person", "person")
    assert _refused(scene, MergePersons(person=PAUL, into=unknown)) == ("unknown_person", "into")


def test_a_rejected_pair_is_never_proposed_again_whoever_signals_it(scene: Scene) -> None:
    signalled = scene.facts(scene.run(SignalDouble(person=PAUL, other=JEANNE)))
    assert [type(fact) for fact in signalled] == [DoubleSignalled]
    scene.run(RejectDouble(person=JEANNE, other=PAUL), author="n.bourdin")
    assert scene.facts(scene.run(SignalDouble(person=PAUL, other=JEANNE))) == ()
    assert scene.get(tables.double, **pair(PAUL, JEANNE)).state == DoubleState.REJECTED


def _rejected(scene: Scene) -> WithdrawRejection:
    settled = scene.run(RejectDouble(person=JEANNE, other=PAUL), author="n.bourdin")
    assert settled.refusal == ""
    return WithdrawRejection(person=PAUL, other=JEANNE, act=settled.command_id)


def _proposed(scene: Scene) -> list[bool]:
    """Whether Paul's page proposes Jeanne's record, and as one that was signalled."""
    with scene.engine.connect() as connection:
        found = doubles_of(connection, scene.establishment, PAUL)
    assert found is not None
    return [one.is_signalled for one in found.doubles]


@pytest.mark.parametrize("is_signalled", [False, True])
def test_a_rejection_taken_back_leaves_the_pair_as_it_was(scene: Scene, *, is_signalled: bool) -> None:
    if is_signalled:
        scene.run(SignalDouble(person=PAUL, other=JEANNE), author="c.morvan")
    key = pair(PAUL, JEANNE)
    before, shown = scene.find(tables.double, **key), _proposed(scene)
    scene.clock.move(HOUR)
    undo = _rejected(scene)
    assert _proposed(scene) == []
    assert _refused(scene, undo) == ("", "")
    after = scene.find(tables.double, **key)
    assert (after and after[:-1]) == (before and before[:-1])
    assert _proposed(scene) == shown == [is_signalled]
    assert len(scene.facts(scene.run(SignalDouble(person=PAUL, other=JEANNE)))) == (not is_signalled)


def test_only_the_rejection_that_stands_is_taken_back_and_once(scene: Scene) -> None:
    first = _rejected(scene)
    again = _rejected(scene)
    assert _refused(scene, again) == ("already_changed", "act")
    assert _refused(scene, first) == ("", "")
    assert _refused(scene, first) == ("already_changed", "act")
    late = _rejected(scene)
    _merge(scene)
    assert _refused(scene, late) == ("already_changed", "act")
    _part(scene)
    assert _refused(scene, late) == ("already_changed", "act")
    assert scene.get(tables.double, **pair(PAUL, JEANNE)).state == DoubleState.REJECTED


@pytest.mark.parametrize("is_compared", [False, True])
def test_the_server_keeps_when_the_traits_were_compared(scene: Scene, *, is_compared: bool) -> None:
    key = pair(PAUL, JEANNE)
    scene.run(SignalDouble(person=PAUL, other=JEANNE, is_compared=is_compared))
    told_at = scene.clock.now() if is_compared else None
    assert scene.get(tables.double, **key).compared_at == told_at
    with scene.engine.connect() as connection:
        found = doubles_of(connection, scene.establishment, PAUL)
    assert found is not None
    assert [one.is_compared for one in found.doubles] == [is_compared]
    _merge(scene)
    assert scene.get(tables.double, **key).compared_at == told_at
    _part(scene)
    command = MergePersons(person=PAUL, into=JEANNE, is_compared=is_compared)
    assert scene.run(command, author="n.bourdin").refusal == ""
    assert scene.get(tables.double, **key).compared_at == (scene.clock.now() if is_compared else None)


def test_parted_records_are_known_to_be_of_two_humans(scene: Scene) -> None:
    _merge(scene)
    assert _refused(scene, RejectDouble(person=PAUL, other=JEANNE)) == ("persons_merged", "other")
    _part(scene)
    assert scene.get(tables.double, **pair(PAUL, JEANNE)).state == DoubleState.REJECTED


def test_a_desk_that_held_one_of_them_holds_both_until_they_part(scene: Scene) -> None:
    _said(scene, MARTINE)
    _said(scene, PAUL)
    scene.clock.move(timedelta(days=80))
    other = scene.new_person("PETIT")
    scene.clock.move(HOUR)
    call = scene.ring("+33639980009", queue=OTHER_QUEUE, extension="4001")
    scene.run(IdentifyCaller(contact=call, person=other), author="h.lambert")
    _merge(scene, other, MARTINE)
    for person in (other, MARTINE):
        for service in ("orthopedie", "standard"):
            assert scene.find(tables.person_scope, person=person, service=service) is not None
    _part(scene, other)
    assert scene.find(tables.person_scope, person=other, service="orthopedie") is None
    assert scene.find(tables.person_scope, person=MARTINE, service="standard") is None
    assert scene.find(tables.person_scope, person=other, service="standard") is not None
    assert scene.find(tables.person_scope, person=MARTINE, service="orthopedie") is not None


def test_erasing_forgets_what_the_pointer_hid_with_the_decisions_and_nobody_else(scene: Scene) -> None:
    other = _said(scene, MARTINE)
    gone = [_said(scene, PAUL), _said(scene, JEANNE)]
    _merge(scene)
    scene.run(SignalDouble(person=JEANNE, other=MARTINE))
    scene.run(ErasePerson(person=PAUL, ground=ErasureGround.REQUEST))
    assert [scene.find(tables.contact, id=one) for one in gone] == [None, None]
    assert scene.rows(tables.double) == []
    assert scene.find(tables.contact, id=other) is not None
    with scene.engine.connect() as connection:
        assert journal.verify(connection, scene.establishment) is None


def test_erasing_one_after_they_parted_leaves_the_other_with_his_own(scene: Scene) -> None:
    mine, theirs = _said(scene, PAUL), _said(scene, JEANNE)
    _merge(scene)
    since = _said(scene, JEANNE)
    _part(scene)
    scene.run(ErasePerson(person=PAUL, ground=ErasureGround.REQUEST))
    assert scene.find(tables.contact, id=mine) is None
    assert _shown(scene, JEANNE) == {theirs, since}
    assert _waiting(scene) == set()


def test_who_was_merged_is_found_under_either_name_as_the_record_kept(scene: Scene) -> None:
    _merge(scene)
    for typed in ("dubreuil paul", "dubreuil jeanne"):
        questions = read_questions(typed, today=scene.clock.now().date())
        with scene.engine.connect() as connection:
            found = search_persons(connection, scene.establishment, *questions)
        assert [row.person for row in found.rows] == [JEANNE]


class _Oracle:
    """Whose each contact is, by brute force: what every contact was said to be, and every pointer."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.step_of: dict[str, int] = {}
        self.pointer: dict[str, tuple[str, int]] = {}
        self.waiting: dict[str, frozenset[str]] = {}

    def human(self, person: str) -> str:
        return self.pointer[person][0] if person in self.pointer else person

    def of(self, person: str) -> set[str]:
        human = self.human(person)
        return {contact for contact, said in self.said.items() if self.human(said) == human}

    def part(self, person: str, *, sorts: bool = True) -> None:
        human = {one for one in PEOPLE if self.human(one) == self.human(person)}
        kept, since = self.pointer.pop(person)
        for contact, said in self.said.items():
            if sorts and said in human and self.step_of[contact] >= since:
                self.waiting[contact] = frozenset((person, kept))


PEOPLE = (MARTINE, PAUL, JEANNE)


class _Play:
    """Random merges, partings and contacts, told to the product and to the oracle alike."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene, self.chance, self.oracle = scene, random.Random(seed), _Oracle()
        self.unnamed: list[str] = []

    def step(self, number: int) -> None:
        kinds = (self._contact, self._contact, self._ring, self._name, self._merge, self._part, self._sort)
        self.chance.choice(kinds)(number)

    def _ring(self, _number: int) -> None:
        self.scene.clock.move(HOUR)
        self.unnamed.append(self.scene.ring(SHARED_NUMBER))

    def _name(self, number: int) -> None:
        """Whose it is is said now, whenever it came."""
        if self.unnamed:
            person = self.oracle.human(self.chance.choice(PEOPLE))
            contact = self.unnamed.pop()
            self.scene.clock.move(HOUR)
            assert self.scene.run(IdentifyCaller(contact=contact, person=person)).refusal == ""
            self.oracle.said[contact], self.oracle.step_of[contact] = person, number

    def _contact(self, number: int) -> None:
        person = self.oracle.human(self.chance.choice(PEOPLE))
        contact = _said(self.scene, person)
        self.oracle.said[contact], self.oracle.step_of[contact] = person, number

    def _merge(self, number: int) -> None:
        person, into = self.chance.sample(PEOPLE, 2)
        pointers = self.oracle.pointer
        is_target = any(kept == person for kept, _ in pointers.values())
        self.scene.clock.move(HOUR)
        settled = self.scene.run(MergePersons(person=person, into=into))
        if pointers.get(person, ("",))[0] == into:
            assert (settled.refusal, self.scene.facts(settled)) == ("", ())
        elif person in pointers or is_target or into in pointers:
            assert settled.refusal == "persons_merged"
        else:
            assert any(isinstance(fact, PersonsMerged) for fact in self.scene.facts(settled))
            pointers[person] = (into, number)

    def _part(self, _number: int) -> None:
        if self.oracle.pointer:
            person = self.chance.choice(sorted(self.oracle.pointer))
            self.oracle.part(person)
            _part(self.scene, person)

    def _sort(self, _number: int) -> None:
        if self.oracle.waiting:
            item = self.chance.choice(sorted(self.oracle.waiting))
            person = self.chance.choice(sorted(self.oracle.waiting.pop(item)))
            assert self.scene.run(SettleTriage(item=item, person=person)).refusal == ""
            self.oracle.said[item] = person


def _check(play: _Play) -> None:
    for person in PEOPLE:
        assert _shown(play.scene, person) == play.oracle.of(person)
    assert _waiting(play.scene) == set(play.oracle.waiting)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_merged_and_parted_each_contact_is_whose_the_oracle_says(scene: Scene, seed: int) -> None:
    play = _Play(scene, seed)
    for number in range(30):
        play.step(number)
        _check(play)


def test_the_check_sees_a_contact_that_nobody_was_asked_to_sort(scene: Scene) -> None:
    play = _Play(scene, 1)
    _merge(scene)
    play.oracle.pointer[PAUL] = (JEANNE, 0)
    contact = _said(scene, JEANNE)
    play.oracle.said[contact], play.oracle.step_of[contact] = JEANNE, 1
    _part(scene)
    play.oracle.part(PAUL, sorts=False)
    with pytest.raises(AssertionError):
        _check(play)
