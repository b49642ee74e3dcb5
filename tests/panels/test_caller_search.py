"""What a caller says is typed, compared with what is found, and never attached by accident."""

from datetime import UTC, datetime

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.demo.calendar import ZONE as PARIS
from app.domain.words import Channel
from app.queries.person_search import FoundPerson, FoundPersons, Match, PersonQuestion, Trait
from ui.panels.caller_search import CallerSearch
from ui.theme import theme
from ui.viewmodels.caller_search import ToldPerson
from ui.viewmodels.person_search import Reach
from ui.widgets.button import Button
from ui.widgets.late_keys import GRACE_MS
from ui.widgets.tag import Tag
from ui.widgets.text import Text

NOW = datetime(2026, 11, 24, 10, 28, tzinfo=PARIS)
Key = Qt.Key


def found(person: str, name: str, first: str, place: str, **more: object) -> FoundPerson:
    known = {"used_name": "", "birth_date": "1988-05-12", "sex": "F", **more}
    return FoundPerson(person=person, birth_name=name, first_given_name=first, birth_place=place, **known)  # pyright: ignore[reportArgumentType]


LYON = found(
    "p1", "NGUYEN", "Thi Lan", "Lyon 3e (69)", is_homonym=True, last_at=NOW, last_channel=Channel.EMAIL
)
HUE = found(
    "p2",
    "NGUYEN",
    "Thi Lan",
    "Hué, Viêt Nam",
    used_name="ROBERT",
    is_homonym=True,
    last_at=datetime(2025, 3, 14, 10, tzinfo=UTC),
    last_channel=Channel.DESK,
)
TUAN = found("p3", "NGUYEN VAN", "Tuan", "", sex="M")
THREE = FoundPersons(rows=(LYON, HUE, TUAN))
BORN = PersonQuestion(birth_date="1988-05-12")


class Watched:
    """The panel, with what it asked and attached."""

    def __init__(self, panel: CallerSearch) -> None:
        self.panel = panel
        self.questions: list[PersonQuestion] = []
        self.attached: list[str] = []
        panel.question_changed.connect(self.questions.append)
        panel.person_chosen.connect(self.attached.append)

    def type(self, field: QLineEdit, text: str) -> None:
        field.setFocus()
        QTest.keyClicks(field, text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.panel.name.field, key)

    def words(self) -> list[str]:
        return [text.text() for text in self.panel.results.findChildren(Text) if not text.isHidden()]


@pytest.fixture
def search(qtbot: QtBot) -> Watched:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    panel = CallerSearch(now=lambda: NOW)
    qtbot.addWidget(panel)
    panel.resize(848, 711)
    panel.show()
    return Watched(panel)


@pytest.fixture
def answered(search: Watched, qtbot: QtBot) -> Watched:
    """The panel once the three are shown, long enough for keys to count."""
    search.type(search.panel.born.field, "12051988")
    qtbot.waitUntil(lambda: bool(search.questions))
    search.panel.present(THREE, NOW)
    qtbot.wait(GRACE_MS + 50)
    return search


@pytest.mark.parametrize("typed", ["12051988", "12/05/88", "12 05 1988", "12.05.1988"])
def test_a_birth_date_as_typed_is_asked_once(search: Watched, qtbot: QtBot, typed: str) -> None:
    search.type(search.panel.born.field, typed)
    qtbot.waitUntil(lambda: bool(search.questions))
    assert search.questions == [BORN]


def test_a_letter_in_the_date_goes_to_the_name(search: Watched, qtbot: QtBot) -> None:
    search.panel.focus_search()
    for sign in "Nguyen":
        QTest.keyClicks(search.panel.focusWidget(), sign)
    assert (search.panel.born.text(), search.panel.name.text()) == ("", "Nguyen")
    qtbot.waitUntil(lambda: search.questions[-1:] == [PersonQuestion(birth_name="Nguyen")])


def test_six_digits_that_may_go_on_to_a_century_are_not_asked_yet(search: Watched, qtbot: QtBot) -> None:
    search.type(search.panel.born.field, "120519")
    qtbot.wait(150)
    assert search.questions == []


def test_three_letters_are_enough_and_a_year_narrows_them(search: Watched, qtbot: QtBot) -> None:
    search.type(search.panel.name.field, "NG")
    qtbot.wait(150)
    assert search.questions == []
    search.type(search.panel.name.field, "U")
    qtbot.waitUntil(lambda: bool(search.questions))
    search.type(search.panel.born.field, "1988")
    qtbot.waitUntil(lambda: len(search.questions) == 2)
    assert search.questions == [
        PersonQuestion(birth_name="NGU"),
        PersonQuestion(birth_date="1988", birth_name="NGU"),
    ]


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("06 39 98 41 07", PersonQuestion(number="+33639984107")),
        ("00418276", PersonQuestion(ipp="00418276")),
        ("06 39 98", PersonQuestion(number="+3363998")),
    ],
)
def test_a_number_or_a_file_number_is_enough(
    search: Watched, qtbot: QtBot, typed: str, question: PersonQuestion
) -> None:
    search.type(search.panel.number.field, typed)
    qtbot.waitUntil(lambda: bool(search.questions))
    assert search.questions[-1] == question


def test_a_date_left_is_written_whole(search: Watched) -> None:
    search.type(search.panel.born.field, "120519")
    QTest.keyClick(search.panel.born.field, Key.Key_Tab)
    assert search.panel.born.text() == "12/05/2019"


def test_f2_puts_the_keyboard_in_the_date(search: Watched) -> None:
    search.panel.focus_search()
    assert search.panel.focusWidget() is search.panel.born.field


def test_it_fits_a_small_window(answered: Watched) -> None:
    assert answered.panel.minimumSizeHint().width() <= 720


def test_a_date_that_cannot_be_is_said_and_kept(search: Watched, qtbot: QtBot) -> None:
    born = search.panel.born
    search.type(born.field, "31021990")
    assert (born.below.text(), born.text()) == ("Date impossible, à redemander.", "31021990")
    qtbot.wait(150)
    assert search.questions == []
    born.field.clear()
    search.type(born.field, "1")
    assert born.below.text() == "jjmmaaaa suffit"


def test_homonyms_are_named_and_their_birth_place_asked(answered: Watched) -> None:
    warning = answered.panel.results.warning
    assert not warning.isHidden()
    assert "Deux dossiers ont le même nom et la même date." in warning.text.text()
    assert "Demandez le lieu de naissance avant de rattacher." in warning.text.text()
    assert [tag.text for tag in answered.panel.results.findChildren(Tag)] == ["Homonyme", "Homonyme"]


def test_every_strict_trait_is_shown(answered: Watched) -> None:
    said = answered.words()
    for value in ("NGUYEN Thi Lan", "12/05/1988", "F", "M", "Hué, Viêt Nam", "Non renseigné"):
        assert value in said
    for value in ("Auj., e-mail", "14/03/2025, guichet", "Jamais contacté", "Nom utilisé\u00a0: ROBERT"):
        assert value in said
    assert "3 dossiers possibles" in said


def test_enter_does_nothing_until_a_row_is_chosen(answered: Watched) -> None:
    answered.press(Key.Key_Return)
    assert answered.attached == []
    answered.press(Key.Key_Down)
    answered.press(Key.Key_Down)
    answered.press(Key.Key_Return)
    assert answered.attached == ["p2"]


def test_arrows_stop_at_both_ends(answered: Watched) -> None:
    for _ in range(5):
        answered.press(Key.Key_Down)
    assert answered.panel.results.chosen() == "p3"
    for _ in range(5):
        answered.press(Key.Key_Up)
    assert answered.panel.results.chosen() == "p1"


def test_enter_does_nothing_on_rows_that_just_came(answered: Watched) -> None:
    answered.press(Key.Key_Down)
    answered.panel.present(THREE, NOW)
    answered.press(Key.Key_Return)
    assert answered.attached == []
    assert answered.panel.results.chosen() == "p1"


def test_a_row_that_is_gone_is_chosen_no_more(answered: Watched) -> None:
    answered.press(Key.Key_Down)
    answered.panel.present(FoundPersons(rows=(HUE, TUAN)), NOW)
    assert answered.panel.results.chosen() == ""


def test_the_button_of_a_row_attaches_its_person(answered: Watched) -> None:
    next(iter(answered.panel.results.rows[2].findChildren(Button))).click()
    assert answered.attached == ["p3"]


def test_a_click_on_a_row_only_chooses_it(answered: Watched) -> None:
    QTest.mouseClick(answered.panel.results.rows[1], Qt.MouseButton.LeftButton, pos=QPoint(300, 25))
    assert (answered.panel.results.chosen(), answered.attached) == ("p2", [])


def test_another_question_takes_the_rows_away(answered: Watched, qtbot: QtBot) -> None:
    answered.press(Key.Key_Down)
    answered.type(answered.panel.name.field, "ROB")
    qtbot.waitUntil(lambda: len(answered.questions) == 2)
    assert answered.panel.results.isHidden()
    answered.press(Key.Key_Return)
    assert answered.attached == []


def test_an_answer_to_a_question_taken_back_is_not_shown(answered: Watched) -> None:
    answered.panel.clear()
    answered.panel.present(THREE, NOW)
    assert answered.panel.results.isHidden()
    assert answered.panel.born.text() == ""


def test_nobody_found_is_said(answered: Watched) -> None:
    answered.panel.present(FoundPersons(), NOW)
    assert "Aucun dossier" in answered.words()
    assert not answered.panel.results.none.isHidden()


def test_more_than_the_limit_is_said(answered: Watched) -> None:
    answered.panel.present(FoundPersons(rows=THREE.rows, has_more=True), NOW)
    assert "Plus de 3 dossiers\u00a0: précisez le nom" in answered.words()


def test_the_ways_out_stay_in_view_with_many_rows(answered: Watched) -> None:
    many = tuple(found(f"p{rank}", "NGUYEN", f"Thi {rank}", "") for rank in range(20))
    answered.panel.present(FoundPersons(rows=many), NOW)
    answered.panel.grab()
    button = answered.panel.ways.buttons["link"]
    assert button.mapTo(answered.panel, QPoint(0, button.height())).y() <= answered.panel.height()


def test_on_a_small_window_the_ways_out_keep_their_buttons(answered: Watched) -> None:
    panel = answered.panel
    panel.resize(720, 612)
    panel.grab()
    button = panel.ways.buttons["link"]
    assert not any(words.isVisible() for words in panel.ways.words.values())
    assert button.mapTo(panel, QPoint(0, button.height())).y() <= 612


def test_each_way_out_says_what_is_asked(search: Watched, qtbot: QtBot) -> None:
    panel = search.panel
    for way, signal in {
        "provisional": panel.provisional_asked,
        "continue": panel.continue_asked,
    }.items():
        with qtbot.waitSignal(signal):
            panel.ways.buttons[way].click()


def test_zones_stand_where_the_mock_up_has_them(answered: Watched) -> None:
    panel = answered.panel
    panel.grab()
    results = panel.results

    def top(widget: QWidget) -> int:
        return widget.mapTo(panel, QPoint()).y()

    assert abs(top(panel.born.field) - 97) <= 6
    assert abs(top(results) - 180) <= 6
    assert abs(top(results.rows[0]) - 301) <= 6
    assert abs(results.height() - 271) <= 6
    widths = [field.width() for field in (panel.born, panel.name, panel.first, panel.number)]
    assert widths == [136, 146, 176, 150]


NEAR = found("p4", "NGUYENN", "Thi Lan", "", matches=(Match(trait=Trait.BIRTH_NAME, end=7, is_near=True),))


def test_a_name_found_in_spite_of_a_mistake_says_so(answered: Watched) -> None:
    answered.panel.present(FoundPersons(rows=(NEAR,)), NOW)
    assert "1 dossier au nom proche" in answered.words()
    assert "Orthographe proche · Nom utilisé\u00a0: non renseigné" in answered.words()


ROBERT = found("p5", "NGUYEN", "Anh", "")


def test_rows_of_the_server_come_below_and_the_chosen_one_stays_under_the_hand(answered: Watched) -> None:
    answered.press(Key.Key_Down)
    panel, before = answered.panel, list(answered.panel.results.rows)
    panel.present(FoundPersons(rows=(*THREE.rows, ROBERT)), NOW, Reach.SERVICES)
    assert panel.results.rows[:3] == before
    assert [row.person for row in panel.results.rows] == ["p1", "p2", "p3", "p5"]
    assert "4 dossiers possibles" in answered.words()
    answered.press(Key.Key_Return)
    assert answered.attached == ["p1"]


def test_a_homonym_from_the_server_takes_the_choice_back(answered: Watched) -> None:
    for _ in range(3):
        answered.press(Key.Key_Down)
    assert answered.panel.results.chosen() == "p3"
    alike = (
        msgspec.structs.replace(TUAN, is_homonym=True),
        msgspec.structs.replace(TUAN, person="p6", is_homonym=True),
    )
    answered.panel.present(FoundPersons(rows=(LYON, HUE, *alike)), NOW, Reach.SERVICES)
    assert answered.panel.results.chosen() == ""


def test_the_whole_house_is_searched_only_when_asked(answered: Watched, qtbot: QtBot) -> None:
    card = answered.panel.results
    assert card.widen.isHidden()
    answered.panel.present(THREE, NOW, Reach.SERVICES)
    with qtbot.waitSignal(answered.panel.widening_asked):
        card.widen.click()
    answered.panel.present(THREE, NOW, Reach.HOUSE)
    assert card.widen.isHidden()


def test_a_search_without_the_server_says_so_in_one_line(answered: Watched) -> None:
    answered.panel.present(THREE, NOW, Reach.CUT)
    assert "Hors ligne\u00a0: dossiers de ce poste seulement" in answered.words()
    answered.panel.present(THREE, NOW)
    assert answered.panel.results.reach.isHidden()


def fill(search: Watched, **texts: str) -> None:
    for name, text in texts.items():
        search.type(getattr(search.panel.form, name).field, text)


@pytest.fixture
def asked(search: Watched) -> Watched:
    """The form of a provisional person, opened on what was typed."""
    search.type(search.panel.name.field, "Goaziou")
    search.panel.open_provisional("06 39 98 00 77")
    return search


def test_what_was_typed_is_not_asked_again(asked: Watched) -> None:
    form = asked.panel.form
    assert (form.name.text(), form.number.text(), form.first.text()) == ("Goaziou", "06 39 98 00 77", "")
    assert asked.panel.focusWidget() is form.first.field
    assert asked.panel.ways.isHidden()


def test_a_provisional_person_is_told_once_every_answer_can_be_kept(asked: Watched) -> None:
    form = asked.panel.form
    told: list[ToldPerson] = []
    asked.panel.person_told.connect(told.append)
    fill(asked, first="Anne", born="31021988")
    QTest.keyClick(form.first.field, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == []
    assert form.born.below.text() == "Date à redemander."
    form.born.field.clear()
    fill(asked, born="12051988")
    form.sex.press("F")
    QTest.keyClick(form.first.field, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == [
        ToldPerson(
            birth_name_raw="Goaziou",
            first_given_name_raw="Anne",
            birth_date_raw="12051988",
            sex="F",
            number_raw="06 39 98 00 77",
        )
    ]
    assert (form.isHidden(), asked.panel.ways.isHidden()) == (True, False)


def test_a_form_left_keeps_nothing_and_asks_sex_again(asked: Watched) -> None:
    form = asked.panel.form
    form.sex.press("M")
    QTest.keyClick(form.first.field, Key.Key_Escape)
    assert (form.isHidden(), asked.panel.ways.isHidden()) == (True, False)
    asked.panel.open_provisional()
    assert form.sex.value == ""
    assert form.number.text() == ""
