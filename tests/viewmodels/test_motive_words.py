"""Motives found by their words, and words that name none."""

from tests.viewmodels.test_motive_form import form


def test_words_find_motives_from_two_letters() -> None:
    made = form()
    made.type_words("t")
    assert made.state.answers == ()
    made.type_words("tran")
    assert made.state.answers[0].code == "25"


def test_at_most_six_answers_are_shown() -> None:
    made = form()
    made.type_words("de")
    assert len(made.state.answers) == 6


def test_the_arrows_choose_the_answer_that_enter_takes() -> None:
    made = form()
    made.type_words("facture")
    made.type_words("re")
    second = made.state.answers[1].code
    made.move(-1)
    made.move(1)
    made.take_answer()
    assert (made.state.entry.motive, made.state.entry.words) == (second, "")


def test_the_cursor_stays_within_the_answers() -> None:
    made = form()
    made.type_words("tran")
    made.move(20)
    assert made.state.cursor == len(made.state.answers) - 1


def test_enter_without_an_answer_does_nothing() -> None:
    made = form()
    made.type_words("z")
    made.take_answer()
    assert made.state.entry.words == "z"


def test_words_that_name_no_motive_become_the_note_of_another_one() -> None:
    made = form()
    made.write_note("Sa sœur.")
    made.type_words("clés perdues")
    assert [one.code for one in made.state.answers] == ["99"]
    made.take_answer()
    assert (made.state.entry.motive, made.state.entry.words) == ("99", "")
    assert made.state.entry.note == "Sa sœur. clés perdues"


def test_words_that_name_a_motive_are_no_note() -> None:
    made = form()
    made.type_words("autre")
    assert "99" in [one.code for one in made.state.answers]
    made.pick("99")
    assert made.state.entry.note == ""
