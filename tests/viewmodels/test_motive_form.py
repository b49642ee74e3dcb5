"""A contact is qualified in a few keys, and one save is one command."""

from datetime import datetime

import pytest

from app.demo.calendar import ZONE as PARIS
from app.domain.commands import LogMotive
from app.domain.motives import shipped_catalogue
from app.domain.words import CallerKind, Outcome
from app.queries.glance import OpenCase
from app.queries.house import House
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.motive_form_state import Subject

CONTACT = "00000000-0000-7000-8000-000000000001"
OTHER = "00000000-0000-7000-8000-000000000002"
NOW = datetime(2026, 11, 24, 10, 28, tzinfo=PARIS)


class Noon:
    def __init__(self, now: datetime = NOW) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def new_id(self) -> str:
        self.count += 1
        return f"00000000-0000-7000-8000-{self.count:012d}"


def open_case(number: int, *, motive: str, title: str) -> OpenCase:
    case = f"00000000-0000-7000-8000-00000000aaa{number}"
    return OpenCase(case=case, title=title, service_name="Orthopédie", motive=motive, opened_at=NOW)


MRI = open_case(1, motive="31", title="Résultats d’IRM du genou")
KNEE = open_case(2, motive="24", title="Arthroscopie du genou droit")
SERVICES = (("orthopedie", "Orthopédie"), ("archives", "Archives"), ("samu-15", "SAMU 15"))


def subject(
    *,
    contact: str = CONTACT,
    cases: tuple[OpenCase, ...] = (),
    repeated: str = "",
    agents: tuple[tuple[str, str], ...] = (),
) -> Subject:
    return Subject(
        contact=contact,
        service="orthopedie",
        service_name="Orthopédie",
        has_person=True,
        open_cases=cases,
        repeated_case=repeated,
        house=House(services=SERVICES, agents={"orthopedie": agents}),
    )


def form(about: Subject | None = None, *, now: datetime = NOW) -> MotiveForm:
    made = MotiveForm(clock=Noon(now), mint=Counter())
    made.start(about or subject())
    return made


def press(made: MotiveForm, digits: str) -> None:
    for digit in digits:
        made.press_digit(int(digit))


def saved(made: MotiveForm) -> LogMotive:
    kept: list[LogMotive] = []
    made.saved.connect(kept.append)
    assert made.save()
    assert len(kept) == 1
    return kept[0]


def test_two_digits_pick_a_motive_with_its_defaults() -> None:
    made = form()
    press(made, "31")
    entry = made.state.entry
    assert made.state.motive is not None
    assert made.state.motive.label == "Résultats d’imagerie"
    assert (entry.outcome, entry.service) == (Outcome.FOLLOW_UP, "orthopedie")
    assert entry.due_at == datetime(2026, 11, 25, 10, tzinfo=PARIS)


def test_one_digit_shows_its_family() -> None:
    made = form()
    press(made, "3")
    assert (made.state.family, made.state.motive) == ("3", None)


def test_a_digit_without_a_motive_changes_nothing() -> None:
    made = form()
    press(made, "39")
    assert (made.state.entry.digits, made.state.motive) == ("3", None)


def test_zero_within_a_family_searches_again() -> None:
    made = form()
    press(made, "30")
    assert (made.state.entry.digits, made.state.family) == ("", "")


def test_a_third_digit_changes_nothing() -> None:
    made = form()
    press(made, "312")
    assert made.state.entry.digits == "31"


def test_zero_shows_the_emergency_at_once() -> None:
    made = form()
    press(made, "0")
    assert made.state.is_emergency
    assert made.state.entry.motive == "00"
    assert made.state.entry.outcome is Outcome.TRANSFERRED
    assert made.state.entry.service_name == "SAMU 15"
    assert made.state.guidance.startswith(
        "«\u00a0Où êtes-vous\u00a0? Quel numéro pour vous rappeler\u00a0?\u00a0»"
    )


def test_a_second_digit_refines_the_emergency() -> None:
    made = form()
    press(made, "02")
    assert made.state.entry.motive == "02"


def test_going_back_leaves_one_level_at_a_time() -> None:
    made = form()
    press(made, "31")
    made.go_back()
    assert (made.state.entry.digits, made.state.motive, made.state.entry.outcome) == (
        "3",
        None,
        Outcome.DEALT_WITH,
    )
    made.go_back()
    assert made.state.entry.digits == ""


def test_going_back_from_a_refined_emergency_stays_an_emergency() -> None:
    made = form()
    press(made, "04")
    made.go_back()
    assert made.state.entry.motive == "00"


def test_a_motive_hands_over_to_its_own_service() -> None:
    made = form()
    press(made, "35")
    assert made.state.entry.service == "archives"


def test_a_service_the_desk_does_not_know_leaves_the_line_s_own() -> None:
    made = form()
    press(made, "81")
    assert made.state.entry.service == "orthopedie"


def test_the_service_can_be_changed_after_the_motive() -> None:
    made = form()
    press(made, "31")
    made.choose_service("archives")
    assert saved(made).service == "archives"


def test_an_open_demand_of_the_same_family_is_followed_on() -> None:
    made = form(subject(cases=(KNEE, MRI)))
    press(made, "34")
    assert (made.state.case, made.state.is_follow_on) == (MRI, True)
    command = saved(made)
    assert (command.case, command.case_title) == (MRI.case, MRI.title)


def test_a_repeat_is_followed_on_before_any_motive() -> None:
    made = form(subject(cases=(KNEE, MRI), repeated=MRI.case))
    assert (made.state.case, made.state.is_follow_on) == (MRI, True)


def test_another_need_opens_a_new_demand() -> None:
    made = form(subject(cases=(MRI,), repeated=MRI.case))
    press(made, "91")
    assert (made.state.case, made.state.is_follow_on) == (MRI, False)
    command = saved(made)
    assert command.case_title == "Accès, plan, parking"
    assert command.case not in (None, MRI.case)


def test_a_person_s_choice_of_demand_wins() -> None:
    made = form(subject(cases=(MRI,)))
    made.open_new_case()
    press(made, "31")
    assert not made.state.is_follow_on
    made.follow_on()
    assert saved(made).case == MRI.case


def test_nobody_linked_means_no_demand() -> None:
    made = form(Subject(contact=CONTACT, service="orthopedie", service_name="Orthopédie"))
    press(made, "14")
    command = saved(made)
    assert (command.case, command.case_title) == (None, "")


def test_a_wrong_number_opens_no_demand() -> None:
    made = form()
    press(made, "96")
    assert saved(made).case is None


def test_what_is_to_follow_is_promised_to_the_service() -> None:
    made = form()
    press(made, "31")
    promise = saved(made).commitment
    assert promise is not None
    assert (promise.owner, promise.due_at) == ("orthopedie", datetime(2026, 11, 25, 10, tzinfo=PARIS))


def test_what_is_answered_promises_nothing() -> None:
    made = form()
    press(made, "14")
    assert saved(made).commitment is None


def test_choosing_to_follow_up_proposes_a_time() -> None:
    made = form()
    press(made, "14")
    made.choose_outcome(Outcome.FOLLOW_UP)
    assert made.state.entry.due_at == datetime(2026, 11, 24, 17, tzinfo=PARIS)
    made.choose_outcome(Outcome.DEALT_WITH)
    assert saved(made).commitment is None


def test_choosing_the_same_outcome_keeps_the_chosen_time() -> None:
    made = form()
    press(made, "31")
    noon = datetime(2026, 11, 24, 12, tzinfo=PARIS)
    made.choose_due(noon)
    made.choose_outcome(Outcome.FOLLOW_UP)
    assert made.state.entry.due_at == noon


def test_a_due_time_of_the_catalogue_stands_among_the_usual_ones() -> None:
    made = form()
    press(made, "24")
    hours = [due.astimezone(PARIS).strftime("%d %H:%M") for due in made.state.due_choices]
    assert hours == ["24 12:28", "24 17:00", "25 10:00"]


@pytest.mark.parametrize("motive", shipped_catalogue().motives, ids=lambda motive: motive.code)
def test_every_motive_is_saved_with_its_defaults(motive: object) -> None:
    catalogued = shipped_catalogue().find(getattr(motive, "code", ""))
    assert catalogued is not None
    made = form()
    press(made, catalogued.code)
    made.write_note("Une note.")
    command = saved(made)
    assert (command.motive, command.outcome) == (catalogued.code, catalogued.outcome)
    assert (command.commitment is not None) == (catalogued.outcome is Outcome.FOLLOW_UP)


def test_a_save_without_a_motive_is_refused_in_words() -> None:
    made = form()
    assert not made.save()
    assert made.state.motive_refusal == "Sans motif, l’appel reste À qualifier."
    press(made, "1")
    assert made.state.motive_refusal == ""


def test_a_save_without_the_note_that_is_needed_is_refused_in_words() -> None:
    made = form()
    press(made, "99")
    made.write_note("  ")
    assert made.state.is_note_required
    assert not made.save()
    assert "demande une note" in made.state.note_refusal
    made.write_note("Cherche un numéro de fax.")
    assert saved(made).note == "Cherche un numéro de fax."


def test_asking_for_the_next_call_saves_first() -> None:
    made = form()
    asked: list[bool] = []
    made.next_wanted.connect(lambda: asked.append(True))
    assert not made.save_and_next()
    assert asked == []
    press(made, "14")
    assert made.save_and_next()
    assert asked == [True]


def test_who_speaks_is_saved() -> None:
    made = form()
    press(made, "14")
    made.set_caller_kind(CallerKind.RELATIVE)
    assert saved(made).caller_kind is CallerKind.RELATIVE


def test_a_verified_caller_need_not_be_verified() -> None:
    made = form()
    press(made, "31")
    assert made.state.guidance.endswith("Vérifiez l’appelant (Ctrl+I) avant de modifier ou d’envoyer.")
    made.start(Subject(contact=CONTACT, service="orthopedie", service_name="Orthopédie", is_verified=True))
    assert made.state.guidance == "Aucun résultat au téléphone. Proposez le portail ou un rappel du médecin."


def test_a_plain_motive_has_no_guidance() -> None:
    made = form()
    press(made, "14")
    assert made.state.guidance == ""


@pytest.mark.parametrize("code", ["66", "67"])
def test_outsiders_learn_nothing_by_phone(code: str) -> None:
    made = form()
    press(made, code)
    assert made.state.guidance == "Rien par téléphone\u00a0: passez au directeur de garde."


def test_another_patient_keeps_what_was_typed() -> None:
    made = form(subject(cases=(MRI,)))
    press(made, "31")
    made.follow_on()
    made.write_note("Voit son kiné jeudi.")
    made.start(subject(cases=(KNEE,)))
    entry = made.state.entry
    assert (entry.motive, entry.note, entry.case) == ("31", "Voit son kiné jeudi.", None)
    assert not made.state.is_follow_on


def test_another_contact_starts_empty() -> None:
    made = form()
    press(made, "31")
    made.start(subject(contact=OTHER))
    assert (made.state.motive, made.state.entry.contact) == (None, OTHER)


def test_a_draft_comes_back_whole() -> None:
    made = form(subject(cases=(MRI,)))
    press(made, "31")
    made.choose_due(datetime(2026, 11, 24, 17, tzinfo=PARIS))
    made.write_note("Voit son kiné jeudi.")
    again = form(subject(cases=(MRI,)))
    again.restore(made.draft())
    assert again.state.is_kept
    assert saved(again).commitment is not None
    assert again.state.entry == made.state.entry


def test_a_draft_of_another_contact_is_left_alone() -> None:
    made = form()
    press(made, "31")
    again = form(subject(contact=OTHER))
    again.restore(made.draft())
    assert again.state.motive is None


@pytest.mark.parametrize("broken", [b"", b"{", b'{"outcome": "later"}'])
def test_an_unreadable_draft_is_left_alone(broken: bytes) -> None:
    made = form()
    made.restore(broken)
    assert not made.state.is_kept


def test_a_draft_that_comes_after_the_first_key_is_left_alone() -> None:
    made = form()
    press(made, "31")
    again = form()
    press(again, "1")
    again.restore(made.draft())
    assert again.state.entry.digits == "1"


def test_what_is_typed_after_a_draft_is_no_longer_kept() -> None:
    made = form()
    press(made, "3")
    made.mark_kept()
    press(made, "1")
    assert not made.state.is_kept


def test_only_what_a_person_does_changes_the_draft() -> None:
    made = form()
    changes: list[bool] = []
    made.entry_changed.connect(lambda: changes.append(True))
    made.start(subject(cases=(MRI,)))
    made.mark_kept()
    assert changes == []
    press(made, "3")
    assert changes == [True]


def test_what_the_server_refused_is_typed_again_word_for_word() -> None:
    about = subject(agents=(("dr", "Dr Kaddour"),))
    before = form(about)
    press(before, "31")
    before.choose_owner("dr")
    before.write_note("Attend son IRM")
    before.choose_outcome(Outcome.FOLLOW_UP)
    before.choose_due(NOW.replace(hour=15))
    refused = saved(before)
    again = form(about)
    again.write_again(refused)
    kept = saved(again)
    assert kept.commitment is not None
    assert refused.commitment is not None
    assert kept.commitment.commitment != ""
    assert (kept.commitment.due_at, kept.commitment.owner) == (refused.commitment.due_at, "dr")
    assert (kept.motive, kept.outcome, kept.service, kept.note) == (
        refused.motive,
        refused.outcome,
        refused.service,
        refused.note,
    )


def test_what_was_refused_replaces_nothing_that_is_typed_and_no_other_contact() -> None:
    before = form()
    press(before, "31")
    refused = saved(before)
    typed, other = form(), form(subject(contact=OTHER))
    press(typed, "22")
    for one in (typed, other):
        one.write_again(refused)
    assert (typed.state.entry.motive, other.state.entry.motive) == ("22", "")
