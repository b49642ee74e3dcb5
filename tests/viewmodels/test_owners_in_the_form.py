"""Who keeps what is promised: the service, or who works there and is chosen."""

from tests.viewmodels.test_motive_form import form, press, saved, subject


def test_the_service_keeps_the_promise_unless_somebody_who_works_there_is_chosen() -> None:
    made = form(subject(agents=(("c.morvan", "Claire Morvan"), ("dr", "Dr Kaddour"))))
    press(made, "31")
    assert made.state.owner_name == "Orthopédie"
    assert [name for _, name in made.state.owners] == ["Orthopédie", "Claire Morvan", "Dr Kaddour"]
    made.choose_owner("c.morvan")
    assert made.state.owner_name == "Claire Morvan"
    promise = saved(made).commitment
    assert promise is not None
    assert promise.owner == "c.morvan"


def test_who_was_chosen_keeps_nothing_of_another_service() -> None:
    made = form(subject(agents=(("dr", "Dr Kaddour"),)))
    press(made, "31")
    made.choose_owner("dr")
    made.choose_service("archives")
    assert made.state.owners == (("archives", "Archives"),)
    assert made.state.owner_name == "Archives"
    promise = saved(made).commitment
    assert promise is not None
    assert promise.owner == "archives"


def test_a_draft_of_somebody_who_has_left_since_promises_for_the_service() -> None:
    made = form(subject(agents=(("dr", "Dr Kaddour"),)))
    press(made, "31")
    made.choose_owner("dr")
    again = form()
    again.restore(made.draft())
    assert again.state.owner_name == "Orthopédie"
    promise = saved(again).commitment
    assert promise is not None
    assert promise.owner == "orthopedie"
