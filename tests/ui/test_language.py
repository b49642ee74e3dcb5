"""French or English: dates, durations, numbers, plurals and motives as each language has them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.domain.motives import shipped_catalogue
from app.settings import read_settings
from tests.ui.spoken import speaking
from tests.viewmodels.test_motive_form import Counter, Noon, press, saved, subject
from ui import wording
from ui.sign_in_words import sign_in_refused
from ui.translate import counted, say
from ui.viewmodels.motive_form import MotiveForm

NOW = datetime(2026, 11, 24, 9, 28, tzinfo=UTC)
SUNDAY = NOW - timedelta(days=2)
NBSP = "\u00a0"
SAID: tuple[tuple[Callable[[], str], str, str], ...] = (
    (lambda: wording.when(NOW, NOW), "aujourd’hui 10:28", "today 10:28"),
    (lambda: wording.when(NOW - timedelta(days=1), NOW), "hier 10:28", "yesterday 10:28"),
    (
        lambda: wording.when(NOW - timedelta(days=2), NOW),
        f"dim. 22{NBSP}nov. 10:28",
        f"Sun 22{NBSP}Nov 10:28",
    ),
    (lambda: wording.when(NOW.replace(year=2025), NOW), "24/11/2025", "24/11/2025"),
    (lambda: wording.day_of(NOW.replace(day=1)), f"1er{NBSP}nov.", f"1{NBSP}Nov"),
    (lambda: wording.full_days()[1], "mardi", "Tuesday"),
    (lambda: wording.duration(185), f"3{NBSP}min{NBSP}05", "3 min 05 s"),
    (lambda: wording.span_words(timedelta(hours=16, minutes=8)), f"16{NBSP}h{NBSP}08", "16 h 08 min"),
    (lambda: wording.span_words(timedelta(days=3)), f"3{NBSP}j", "3 d"),
    (lambda: wording.delay(NOW - timedelta(minutes=5), NOW), f"Retard 5{NBSP}min", f"5{NBSP}min late"),
    (lambda: wording.age_words("2025-10-01", date(2026, 11, 24)), f"13{NBSP}mois", "13 months"),
    (lambda: wording.age_words("2026-10-20", date(2026, 11, 24)), f"1{NBSP}mois", "1 month"),
    (lambda: wording.age_words("1958-03-14", date(2026, 11, 24)), f"68{NBSP}ans", "68 years"),
    (lambda: wording.percent(0.061, digits=1), f"6,1{NBSP}%", "6.1%"),
    (lambda: wording.percent(None), "–", "–"),
    (lambda: wording.thousands(1284), f"1{NBSP}284", "1,284"),
    (lambda: wording.quoted("bonjour"), f"«{NBSP}bonjour{NBSP}»", "“bonjour”"),
    (lambda: wording.lead("Recontact"), f"Recontact{NBSP}:", "Recontact:"),
    (lambda: wording.listed(["a", "b", "c"]), "a, b et c", "a, b and c"),
    (lambda: wording.motive_label("31"), "31 Résultats d’imagerie", "31 Imaging results"),
    (
        lambda: sign_in_refused(tries_left=1, pause=None),
        f"Identifiant ou mot de passe incorrect. Encore 1{NBSP}essai.",
        "Wrong login or password. 1 try left.",
    ),
    (
        lambda: sign_in_refused(tries_left=0, pause=timedelta(seconds=61)),
        f"Identifiant ou mot de passe incorrect. Réessayez dans 2{NBSP}minutes.",
        "Wrong login or password. Try again in 2 minutes.",
    ),
)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    with speaking(qapp, "en"):
        yield


@pytest.mark.parametrize(("told", "french"), [(told, french) for told, french, _ in SAID])
def test_it_is_said_in_french_unless_another_language_is_chosen(told: Callable[[], str], french: str) -> None:
    assert told() == french


@pytest.mark.parametrize(("told", "words"), [(told, words) for told, _, words in SAID])
@pytest.mark.usefixtures("english")
def test_it_is_said_in_english_once_chosen(told: Callable[[], str], words: str) -> None:
    assert told() == words


def _results(count: int) -> str:
    return counted(count, one=say("{count} résultat"), many=say("{count} résultats"))


def test_nothing_is_singular_in_french_and_plural_in_english(qapp: QApplication) -> None:
    assert [_results(count) for count in range(3)] == ["0 résultat", "1 résultat", "2 résultats"]
    with speaking(qapp, "en"):
        assert [_results(count) for count in range(3)] == ["0 results", "1 result", "2 results"]
    assert _results(0) == "0 résultat"


@pytest.mark.parametrize(("language", "undo", "day"), [("fr", "Annuler", "mardi"), ("en", "Undo", "Tuesday")])
def test_what_qt_itself_says_follows(
    qtbot: QtBot, qapp: QApplication, language: str, undo: str, day: str
) -> None:
    with speaking(qapp, "en" if language == "en" else "fr"):
        field = QLineEdit()
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        assert isinstance(menu, QMenu)
        assert menu.actions()[0].text().replace("&", "").startswith(undo)
        menu.deleteLater()
        assert QLocale().dayName(2) == day


def test_every_motive_has_its_english_and_is_found_by_either_language() -> None:
    french, english = shipped_catalogue(), shipped_catalogue("en")
    assert [one.code for one in english.motives] == [one.code for one in french.motives]
    for ours, theirs in zip(french.motives, english.motives, strict=True):
        assert (ours.flags, ours.outcome, ours.due) == (theirs.flags, theirs.outcome, theirs.due)
        assert theirs.family
        assert theirs.label
        assert theirs.short_label
    for words, code in (
        ("scan", "31"),
        ("radio", "31"),
        ("bill", "81"),
        ("facture", "81"),
        ("blood te", "32"),
    ):
        assert code in [one.code for one in english.search(words)], words
    assert french.search("blood") == ()


@pytest.mark.usefixtures("english")
def test_a_demand_keeps_the_words_of_the_house_whatever_the_desk_speaks() -> None:
    made = MotiveForm(clock=Noon(NOW), mint=Counter())
    made.start(subject(cases=()))
    press(made, "31")
    assert made.state.motive is not None
    assert made.state.motive.label == "Imaging results"
    assert saved(made).case_title == "Résultats d’imagerie"


def test_the_language_is_a_setting(tmp_path: Path) -> None:
    none = tmp_path / "none"
    assert read_settings({}, dotenv=none).language == "fr"
    assert read_settings({"FILROUGE_LANGUAGE": "EN"}, dotenv=none).language == "en"
