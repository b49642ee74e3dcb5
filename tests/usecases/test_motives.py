"""Qualifying a contact and undoing it: motive, outcome, demand and promise in one save."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from msgspec import UNSET

from app.dispatch import Settled, run_on_desk
from app.domain.commands import IdentifyCaller, LogMotive, Promise, WithdrawMotive
from app.domain.errors import Refusal
from app.domain.facts import (
    CaseOpened,
    CommitmentCancelled,
    CommitmentMade,
    MotiveLogged,
    SaveSetAside,
    Superseded,
)
from app.domain.ids import Id
from app.domain.words import CaseState, CommitmentState, Outcome
from app.store import tables
from app.store.rows import Values
from tests.support.scene import JEANNE, MARTINE, PAUL, SHARED_NUMBER, Scene


def _log(scene: Scene, contact: Id, **values: object) -> Settled:
    given: dict[str, object] = {"motive": "11", "outcome": Outcome.DEALT_WITH, "service": "orthopedie"}
    return scene.run(LogMotive(contact=contact, **(given | values)))  # pyright: ignore[reportArgumentType]


def _known_call(scene: Scene, person: str = MARTINE) -> Id:
    contact = scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=person))
    return contact


def _promise(scene: Scene) -> Promise:
    return Promise(
        commitment=scene.new_id(),
        due_at=scene.clock.now() + timedelta(hours=4),
        owner="orthopedie",
        what="rappel",
    )


def test_a_motive_is_logged_even_when_nobody_is_identified(scene: Scene) -> None:
    contact = scene.ring()
    settled = _log(scene, contact, note="veut un rendez-vous")
    (fact,) = scene.facts(settled)
    assert isinstance(fact, MotiveLogged)
    row = scene.get(tables.contact, id=contact)
    assert (row.motive, row.outcome, row.note, row.by) == (
        "11",
        "dealt_with",
        "veut un rendez-vous",
        "c.morvan",
    )
    assert row.log == settled.command_id


def test_a_save_does_not_replace_a_colleagues_that_its_author_had_not_seen(scene: Scene) -> None:
    contact = _known_call(scene)
    first = _log(scene, contact, note="Bon envoyé par courrier", over=None)
    late = LogMotive(
        contact=contact,
        motive="25",
        outcome=Outcome.FOLLOW_UP,
        service="orthopedie",
        note="Fille à prévenir",
        commitment=_promise(scene),
        over=None,
    )
    settled = scene.run(late, author="h.lambert")
    assert (settled.refusal, settled.field) == ("already_changed", "over")
    row = scene.get(tables.contact, id=contact)
    assert (row.log, row.note) == (first.command_id, "Bon envoyé par courrier")
    assert scene.rows(tables.commitment) == []
    (kept,) = scene.facts(settled)
    assert isinstance(kept, SaveSetAside)
    assert (kept.note, kept.motive, kept.by, kept.due_at) == (
        "Fille à prévenir",
        "25",
        "h.lambert",
        late.commitment and late.commitment.due_at,
    )


@pytest.mark.parametrize("console", ["today's", "an older one"])
def test_a_save_replaces_the_one_its_author_saw_and_an_older_consoles_any(scene: Scene, console: str) -> None:
    contact = _known_call(scene)
    first = _log(scene, contact, over=None)
    again = LogMotive(
        contact=contact,
        motive="25",
        outcome=Outcome.DEALT_WITH,
        service="orthopedie",
        over=first.command_id if console == "today's" else UNSET,
    )
    settled = scene.run(again, author="h.lambert")
    assert settled.refusal == ""
    assert scene.get(tables.contact, id=contact).log == settled.command_id


def test_ones_own_saves_follow_each_other_whatever_was_seen(scene: Scene) -> None:
    contact = _known_call(scene)
    _log(scene, contact, over=None)
    assert _log(scene, contact, motive="25", over=None).refusal == ""


def test_a_save_after_another_was_taken_back_stands(scene: Scene) -> None:
    contact = _known_call(scene)
    first = _log(scene, contact, over=None)
    scene.run(WithdrawMotive(contact=contact, log=first.command_id))
    late = LogMotive(
        contact=contact, motive="25", outcome=Outcome.DEALT_WITH, service="orthopedie", over=None
    )
    assert scene.run(late, author="h.lambert").refusal == ""


def test_a_promise_and_a_new_demand_are_made_with_the_save(scene: Scene) -> None:
    contact, case, promise = _known_call(scene), scene.new_id(), _promise(scene)
    settled = _log(scene, contact, case=case, case_title="Rendez-vous", commitment=promise)
    kinds = {type(fact) for fact in scene.facts(settled)}
    assert {CaseOpened, MotiveLogged, CommitmentMade} <= kinds
    assert scene.get(tables.case, id=case).person == MARTINE
    made = scene.get(tables.commitment, id=promise.commitment)
    assert (made.person, made.case_id, made.state, made.due_at) == (
        MARTINE,
        case,
        CommitmentState.OPEN,
        promise.due_at,
    )


def test_the_same_need_joins_the_demand_already_open_and_the_minted_id_still_works(scene: Scene) -> None:
    first, second, again = scene.new_id(), scene.new_id(), _known_call(scene)
    _log(scene, _known_call(scene), case=first, case_title="Rendez-vous")
    settled = _log(scene, again, case=second, case_title="Rendez-vous")
    assert Superseded(old=second, new=first) in scene.facts(settled)
    assert scene.get(tables.contact, id=again).case_id == first
    third = _known_call(scene)
    _log(scene, third, motive="12", case=second)
    assert scene.get(tables.contact, id=third).case_id == first
    assert scene.count(tables.case) == 1


def test_a_demand_whose_first_save_was_overtaken_is_opened_by_the_next_one(scene: Scene) -> None:
    contact, later, case = _known_call(scene), _known_call(scene), scene.new_id()
    _log(scene, contact, motive="25", over=None)
    overtaken = LogMotive(
        contact=contact,
        motive="11",
        outcome=Outcome.DEALT_WITH,
        service="orthopedie",
        case=case,
        case_title="Rendez-vous",
        over=None,
    )
    assert scene.run(overtaken, author="h.lambert").refusal == "already_changed"
    assert _log(scene, later, case=case, case_title="Rendez-vous", over=None).refusal == ""
    assert scene.get(tables.case, id=case).title == "Rendez-vous"
    assert scene.get(tables.contact, id=later).case_id == case


def test_a_demand_of_another_person_is_refused(scene: Scene) -> None:
    case = scene.new_id()
    _log(scene, _known_call(scene, PAUL), case=case, case_title="Rendez-vous")
    settled = _log(scene, _known_call(scene, JEANNE), case=case)
    assert (settled.refusal, settled.field) == ("case_of_another", "case")


def test_a_demand_needs_a_person(scene: Scene) -> None:
    settled = _log(scene, scene.ring(), case=scene.new_id(), case_title="Rendez-vous")
    assert (settled.refusal, settled.field) == ("case_without_person", "case")


def test_a_demand_that_was_never_opened_is_refused(scene: Scene) -> None:
    settled = _log(scene, _known_call(scene), case=scene.new_id())
    assert (settled.refusal, settled.field) == ("unknown_case", "case")


def test_what_does_not_exist_is_refused_by_its_field(scene: Scene) -> None:
    contact = scene.ring()
    said = {
        (settled.refusal, settled.field)
        for settled in (
            _log(scene, scene.new_id()),
            _log(scene, contact, motive="05"),
            _log(scene, contact, service="unheard-of"),
        )
    }
    assert said == {
        ("unknown_contact", "contact"),
        ("unknown_motive", "motive"),
        ("unknown_service", "service"),
    }
    assert scene.get(tables.contact, id=contact).motive == ""


def test_a_motive_that_demands_a_note_is_refused_without_one(scene: Scene) -> None:
    contact = scene.ring()
    refused = _log(scene, contact, motive="04", note="  ")
    assert (refused.refusal, refused.field) == ("note_required", "note")
    assert _log(scene, contact, motive="04", note="menace au téléphone").refusal == ""


def test_a_save_is_undone_with_its_promise_and_the_demand_it_opened(scene: Scene) -> None:
    contact, case, promise = _known_call(scene), scene.new_id(), _promise(scene)
    saved = _log(scene, contact, case=case, case_title="Rendez-vous", commitment=promise)
    undone = scene.run(WithdrawMotive(contact=contact, log=saved.command_id))
    assert undone.refusal == ""
    row = scene.get(tables.contact, id=contact)
    assert (row.motive, row.outcome, row.case_id, row.log) == ("", "", None, None)
    assert scene.get(tables.commitment, id=promise.commitment).state == CommitmentState.CANCELLED
    assert scene.find(tables.case, id=case) is None


def test_undoing_a_save_leaves_a_demand_that_was_open_before(scene: Scene) -> None:
    case = scene.new_id()
    _log(scene, _known_call(scene), case=case, case_title="Rendez-vous")
    scene.clock.move(timedelta(minutes=1))
    contact = _known_call(scene)
    saved = _log(scene, contact, case=case)
    scene.run(WithdrawMotive(contact=contact, log=saved.command_id))
    assert scene.get(tables.case, id=case).state == CaseState.OPEN


def test_only_the_last_save_of_a_contact_is_undone(scene: Scene) -> None:
    contact = scene.ring()
    first, _second = _log(scene, contact), _log(scene, contact, motive="12")
    settled = scene.run(WithdrawMotive(contact=contact, log=first.command_id))
    assert (settled.refusal, settled.field) == ("already_changed", "log")
    assert scene.get(tables.contact, id=contact).motive == "12"


def test_the_promise_of_an_earlier_save_stands_when_the_later_one_is_undone(scene: Scene) -> None:
    contact, kept, gone = _known_call(scene), _promise(scene), _promise(scene)
    _log(scene, contact, commitment=kept)
    later = _log(scene, contact, motive="12", commitment=gone)
    undone = scene.run(WithdrawMotive(contact=contact, log=later.command_id))
    cancelled = [fact for fact in scene.facts(undone) if isinstance(fact, CommitmentCancelled)]
    assert [fact.commitment for fact in cancelled] == [gone.commitment]
    assert scene.get(tables.commitment, id=kept.commitment).state == CommitmentState.OPEN


def test_a_demand_opened_by_an_earlier_save_stands_when_the_later_one_is_undone(scene: Scene) -> None:
    contact, case = _known_call(scene), scene.new_id()
    _log(scene, contact, case=case, case_title="Rendez-vous")
    later = _log(scene, contact, motive="12", case=case)
    scene.run(WithdrawMotive(contact=contact, log=later.command_id))
    assert scene.get(tables.case, id=case).state == CaseState.OPEN


def test_a_demand_that_another_contact_joined_outlives_the_save_that_opened_it(scene: Scene) -> None:
    contact, case, joined = _known_call(scene), scene.new_id(), _known_call(scene)
    saved = _log(scene, contact, case=case, case_title="Rendez-vous")
    _log(scene, joined, case=case)
    scene.run(WithdrawMotive(contact=contact, log=saved.command_id))
    assert scene.get(tables.case, id=case).state == CaseState.OPEN
    assert scene.get(tables.contact, id=joined).case_id == case


def test_a_desk_that_lacks_the_contact_lets_the_server_decide(scene: Scene) -> None:
    elsewhere = Scene(scene.engine)
    contact = _known_call(scene)
    saved = _log(scene, contact)
    withdrawal = scene.envelope(WithdrawMotive(contact=contact, log=saved.command_id))
    with scene.engine.begin() as desk:
        run_on_desk(desk, elsewhere.establishment, withdrawal, keep=_forget, clock=scene.clock)
    assert scene.run(withdrawal.body).refusal == ""


def test_a_desk_that_knows_of_a_later_save_refuses_to_undo_the_earlier(scene: Scene) -> None:
    contact = scene.ring()
    first, _second = _log(scene, contact), _log(scene, contact, motive="12")
    withdrawal = scene.envelope(WithdrawMotive(contact=contact, log=first.command_id))
    with scene.engine.begin() as desk, pytest.raises(Refusal, match="already_changed"):
        run_on_desk(desk, scene.establishment, withdrawal, keep=_forget, clock=scene.clock)


def _forget(_table: sa.Table, _key: Values) -> None:
    """Nothing is to be taken back here."""


def test_a_contact_that_does_not_exist_cannot_be_undone(scene: Scene) -> None:
    settled = scene.run(WithdrawMotive(contact=scene.new_id(), log=scene.new_id()))
    assert (settled.refusal, settled.field) == ("unknown_contact", "contact")


def test_a_save_for_another_service_lets_that_service_hold_the_person(scene: Scene) -> None:
    settled = _log(scene, _known_call(scene), service="standard")
    assert scene.find(tables.person_scope, person=MARTINE, service="standard") is not None
    assert {"orthopedie", "standard"} <= set(scene.entry(settled).scope.services)
