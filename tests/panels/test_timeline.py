"""The history groups by demand, says what was promised, and stands as the mock-up draws it."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
import pytest
from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.demo.calendar import ZONE as PARIS
from app.domain.commands import JoinCase
from app.domain.words import Channel, CommitmentState, Direction, Ending
from app.queries.timeline import PromiseMark, Timeline, TimelineEntry, TimelineGroup
from ui.contact_words import entry_text, entry_title
from ui.panels.timeline import TimelinePanel
from ui.panels.timeline.joining import ways_to_join
from ui.panels.timeline.model import WINDOW
from ui.panels.timeline.rows import rows_of
from ui.panels.timeline.words import entry_time
from ui.theme import theme

NOW = datetime(2026, 11, 24, 10, 28, tzinfo=PARIS)
LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
BARE_LIMIT_MS = 6.6
"""For a render and a repaint on the machine of reference; a busy one is given four times that."""

SAID = (
    (
        """Résultats d’IRM du genou. dépliée. Ouverte, 4_j. Orthopédie, 4 contacts, 3 canaux
Appel entrant, Claire Morvan. en cours. À qualifier
Appel entrant, Hugo Lambert (standard). hier 09:14, 3_min_05. Non tenu. \
Compte rendu pas encore validé par la radiologie. Rappel promis avant hier 18:00 par le secrétariat
WhatsApp reçu. dim. 22_nov. 21:58. «_Toujours pas de nouvelles de mon IRM._»
Message du portail. ven. 20_nov. 18:42. Sans réponse. «_Je ne vois pas les résultats._». \
Accusé de réception automatique envoyé à 18:42
Arthroscopie du genou droit. 9_nov. Parcours ambulatoire. SMS J-7 prévu le 25/11 à 09:00
Bon de transport. 12_nov. Clôturée. Remis au guichet"""
    )
    .replace("_", "\u00a0")
    .split("\n")
)
"""What a screen reader says of the mock-up's rows."""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=PARIS)


def entry(number: str, moment: str, channel: Channel = Channel.PHONE, text: str = "") -> TimelineEntry:
    return TimelineEntry(
        contact=number,
        at=at(moment),
        channel=channel,
        direction=Direction.INBOUND,
        by_name="Claire Morvan" if channel is Channel.PHONE else "",
        text=text,
    )


def changed(one: TimelineEntry, **changes: object) -> TimelineEntry:
    return msgspec.structs.replace(one, **changes)


def group(case: str | None, title: str, *entries: TimelineEntry, closing: str = "") -> TimelineGroup:
    return TimelineGroup(
        case=case,
        title=title,
        service_name="Orthopédie",
        is_open=not closing and case is not None,
        opened_at=entries[-1].at,
        last_at=entries[0].at,
        channels=len({one.channel for one in entries}),
        closing=closing,
        entries=entries,
    )


def history(*groups: TimelineGroup, person: str = "martine") -> Timeline:
    return Timeline(person=person, total=sum(len(one.entries) for one in groups), groups=groups)


def scan_results() -> TimelineGroup:
    late = PromiseMark(
        what="", owner="le secrétariat", due_at=at("2026-11-23T18:00"), state=CommitmentState.MISSED
    )
    return group(
        "mri",
        "Résultats d’IRM du genou",
        changed(entry("1", "2026-11-24T10:26"), is_live=True, is_unqualified=True),
        changed(
            entry("2", "2026-11-23T09:14", text="Compte rendu pas encore validé par la radiologie."),
            by_name="Hugo Lambert (standard)",
            duration_s=185,
            promise=late,
        ),
        entry("3", "2026-11-22T21:58", Channel.WHATSAPP, "Toujours pas de nouvelles de mon IRM."),
        changed(
            entry("4", "2026-11-20T18:42", Channel.PORTAL, "Je ne vois pas les résultats."),
            is_unanswered=True,
            acknowledged="18:42",
        ),
    )


def arthroscopy() -> TimelineGroup:
    made = group("knee", "Arthroscopie du genou droit", entry("5", "2026-11-09T10:05"))
    return msgspec.structs.replace(
        made, service_name="Chirurgie ambulatoire", next_step="SMS J-7 prévu le 25/11 à 09:00"
    )


def transport() -> TimelineGroup:
    return group(
        "bus",
        "Bon de transport",
        entry("6", "2026-11-12T09:40"),
        entry("7", "2026-11-10T14:31", Channel.SMS, "Bon prêt."),
        closing="Remis au guichet",
    )


def martine() -> Timeline:
    return history(scan_results(), arthroscopy(), transport())


def long_history(count: int, person: str = "long") -> Timeline:
    text = (
        "Une note assez longue pour être coupée au bord droit de la carte, quelle que soit sa largeur. " * 2
    )
    groups = (
        group(
            f"case-{ten}",
            f"Demande {ten}",
            *(entry(f"{ten}-{one}", f"2026-11-{20 - one:02}T09:14", text=text) for one in range(10)),
        )
        for ten in range(count // 10)
    )
    return history(*groups, person=person)


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> Iterator[TimelinePanel]:
    theme.apply(qapp)
    made = TimelinePanel()
    qtbot.addWidget(made)
    made.resize(808, 424)
    made.show()
    yield made
    made.close()


def spoken(panel: TimelinePanel) -> list[str]:
    model = panel.view.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(row, 0), role) for row in range(model.rowCount())]


def boxes(panel: TimelinePanel) -> list[tuple[int, int]]:
    model = panel.view.model()
    rects = [panel.view.visualRect(model.index(row, 0)) for row in range(model.rowCount())]
    top = panel.view.mapTo(panel, QPoint(0, 0)).y()
    return [(rect.top() + top, rect.height()) for rect in rects]


def click(panel: TimelinePanel, row: int, *, x: int) -> None:
    model = panel.view.model()
    middle = panel.view.visualRect(model.index(row, 0)).center().y()
    QTest.mouseClick(panel.view.viewport(), LEFT, pos=QPoint(x, middle))


def choose(panel: TimelinePanel, button: str, words: str) -> None:
    """Open a filter's menu and take one of its lines."""
    pressed = {"channel": panel.channel, "period": panel.period}[button]
    pressed.click()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_rows_stand_where_the_mock_up_draws_them(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    drawn = [(44, 36), (80, 49), (129, 75), (204, 49), (253, 76), (330, 40), (370, 40)]
    found = boxes(panel)
    assert len(found) == len(drawn)
    pairs = zip(found, drawn, strict=True)
    assert all(abs(mine[0] - theirs[0]) <= 6 and abs(mine[1] - theirs[1]) <= 1 for mine, theirs in pairs)


def test_rows_say_what_the_mock_up_says(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    assert spoken(panel) == SAID
    assert panel.count.text() == "7 contacts"


def test_an_unfolded_demand_says_what_enter_does(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    model = panel.view.model()
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    said = [model.data(model.index(row, 0), role) for row in (0, 1, 6)]
    assert said == ["Ouvrir la demande, Entrée", "", ""]


def test_a_folded_demand_unfolds_by_a_click_and_folds_again(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    click(panel, 6, x=100)
    assert len(spoken(panel)) == 9
    assert "Bon de transport. dépliée. Clôturée. Orthopédie, 2 contacts, 2 canaux" in spoken(panel)
    panel.view.scrollToBottom()
    click(panel, 6, x=100)
    assert len(spoken(panel)) == 7


def test_the_link_opens_the_demand(panel: TimelinePanel) -> None:
    wanted: list[str] = []
    panel.case_wanted.connect(wanted.append)
    panel.present(martine(), NOW)
    click(panel, 0, x=panel.view.width() - 30)
    assert wanted == ["mri"]
    assert len(spoken(panel)) == 7


LETTER = JoinCase(case="mri", contacts=("letter",))


def _with_a_letter() -> Timeline:
    """The mock-up's history, with a letter that nobody tied to a demand."""
    letter = TimelineGroup(
        case=None,
        title="",
        service_name="",
        is_open=False,
        opened_at=None,
        last_at=NOW,
        channels=1,
        entries=(entry("letter", "2026-11-23T11:00", Channel.LETTER, "Où en est mon IRM ?"),),
    )
    known = martine()
    return msgspec.structs.replace(known, groups=(*known.groups, letter))


def _wanted(panel: TimelinePanel) -> list[tuple[JoinCase, str]]:
    wanted: list[tuple[JoinCase, str]] = []

    def keep(command: JoinCase, title: str) -> None:
        wanted.append((command, title))

    panel.join_wanted.connect(keep)
    return wanted


def _choose(panel: TimelinePanel, words: str) -> None:
    (menu,) = panel.view.findChildren(QMenu)
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()


def test_a_contact_without_a_demand_is_joined_to_an_open_one_by_its_link(panel: TimelinePanel) -> None:
    wanted = _wanted(panel)
    panel.present(_with_a_letter(), NOW)
    panel.view.scrollToBottom()
    click(panel, 7, x=100)
    panel.view.scrollToBottom()
    click(panel, 8, x=100)
    assert not panel.view.findChildren(QMenu)
    click(panel, 8, x=panel.view.width() - 30)
    _choose(panel, "Relier à «\u00a0Résultats d’IRM du genou\u00a0»")
    assert wanted == [(LETTER, "Résultats d’IRM du genou")]


def test_enter_and_the_menu_key_offer_the_same(panel: TimelinePanel) -> None:
    wanted = _wanted(panel)
    panel.present(_with_a_letter(), NOW)
    panel.view.folded.emit("")
    panel.view.setCurrentIndex(panel.view.model().index(8, 0))
    assert panel.view.model().data(panel.view.currentIndex(), Qt.ItemDataRole.AccessibleDescriptionRole)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    _choose(panel, "Relier à «\u00a0Résultats d’IRM du genou\u00a0»")
    assert wanted == [(LETTER, "Résultats d’IRM du genou")]


def test_a_whole_demand_is_joined_from_its_line(panel: TimelinePanel) -> None:
    known = martine()
    panel.present(known, NOW)
    unfolded, *_ = rows_of(known.groups, NOW, unfolded={})
    (way,) = ways_to_join(known, unfolded)
    arthroscopy = next(one.case for one in known.groups if one.title.startswith("Arthroscopie"))
    assert way == (
        "Relier toute la demande à «\u00a0Arthroscopie du genou droit\u00a0»",
        JoinCase(case=arthroscopy or "", joined="mri"),
    )
    closed = next(row for row in rows_of(known.groups, NOW, unfolded={}) if row.title == "Bon de transport")
    assert ways_to_join(known, closed) == []


def test_keys_fold_unfold_and_open(panel: TimelinePanel) -> None:
    wanted: list[str] = []
    panel.case_wanted.connect(wanted.append)
    panel.present(martine(), NOW)
    panel.view.setCurrentIndex(panel.view.model().index(0, 0))
    QTest.keyClick(panel.view, Qt.Key.Key_Left)
    assert len(spoken(panel)) == 3
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert len(spoken(panel)) == 7
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert wanted == ["mri"]


def test_a_new_reading_keeps_what_a_person_folded(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    click(panel, 0, x=100)
    panel.present(martine(), at("2026-11-24T10:29"))
    assert len(spoken(panel)) == 3


def test_folding_leaves_the_place_in_the_list(panel: TimelinePanel) -> None:
    panel.present(long_history(50), NOW)
    bar = panel.view.verticalScrollBar()
    bar.setValue(400)
    model = panel.view.model()
    inside = panel.view.viewport().rect()
    rects = [panel.view.visualRect(model.index(row, 0)) for row in range(model.rowCount())]
    seen = next(row for row in range(1, len(rects)) if row % 11 == 0 and inside.contains(rects[row]))
    click(panel, seen, x=100)
    assert len(spoken(panel)) == 45
    assert bar.value() == 400


def test_another_person_starts_afresh(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    choose(panel, "channel", "WhatsApp")
    panel.present(history(scan_results(), person="gérard"), NOW)
    assert panel.channel.text() == "Tous les canaux"
    assert len(spoken(panel)) == 5


def test_a_channel_may_be_chosen_among_those_used(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    choose(panel, "channel", "WhatsApp")
    assert panel.channel.text() == "WhatsApp"
    assert [line.split(".")[0] for line in spoken(panel)] == ["Résultats d’IRM du genou", "WhatsApp reçu"]
    choose(panel, "channel", "Tous les canaux")
    assert len(spoken(panel)) == 7


def test_what_is_older_than_a_year_is_shown_on_demand(panel: TimelinePanel) -> None:
    old = group("old", "Prothèse", entry("8", "2024-03-14T09:00"), entry("9", "2024-03-10T09:00"))
    panel.present(history(old), NOW)
    assert len(spoken(panel)) == 1
    choose(panel, "period", "Tout")
    assert panel.period.text() == "Tout"
    assert "Appel entrant, Claire Morvan. 14/03/2024" in spoken(panel)


def test_words_find_a_contact(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    panel.search.click()
    QTest.keyClicks(panel.words, "radiologie")
    assert len(spoken(panel)) == 2
    panel.search.click()
    assert len(spoken(panel)) == 7


def test_a_filter_without_result_says_so_and_can_be_taken_off(panel: TimelinePanel) -> None:
    panel.present(martine(), NOW)
    panel.search.click()
    QTest.keyClicks(panel.words, "zzz")
    assert panel.nothing.isVisible()
    assert not panel.view.isVisible()
    panel.widen()
    assert panel.view.isVisible()


def test_contacts_without_a_demand_are_listed(panel: TimelinePanel) -> None:
    panel.present(history(group(None, "", entry("1", "2026-11-23T09:14", text="Parking."))), NOW)
    assert spoken(panel) == [
        "Sans demande. dépliée. Orthopédie, 1 contact",
        "Appel entrant, Claire Morvan. hier 09:14. Parking",
    ]


def test_a_long_history_opens_two_hundred_rows_at_a_time(panel: TimelinePanel) -> None:
    panel.present(long_history(400), NOW)
    model = panel.view.model()
    assert model.rowCount() == WINDOW
    panel.view.scrollToBottom()
    assert model.rowCount() == 2 * WINDOW


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Appel entrant, Claire Morvan"),
        ({"direction": Direction.OUTBOUND}, "Appel sortant, Claire Morvan"),
        ({"ending": Ending.ABANDONED, "by_name": ""}, "Appel manqué"),
        ({"channel": Channel.DESK}, "Passage au guichet, Claire Morvan"),
        ({"channel": Channel.SMS, "direction": Direction.OUTBOUND}, "SMS envoyé"),
        ({"channel": Channel.EMAIL}, "E-mail reçu"),
        ({"channel": Channel.VOICEMAIL}, "Message vocal"),
        ({"channel": Channel.PORTAL, "direction": Direction.OUTBOUND}, "Réponse sur le portail"),
    ],
)
def test_a_contact_says_its_channel_and_its_way(changes: dict[str, object], title: str) -> None:
    assert entry_title(changed(entry("1", "2026-11-24T10:26"), **changes)) == title


def test_a_text_of_several_lines_becomes_one() -> None:
    assert entry_text(entry("1", "2026-11-24T10:26", Channel.SMS, "a\n b")) == "«\u00a0a b\u00a0»"


def test_a_call_that_was_not_talked_has_no_duration() -> None:
    assert entry_time(entry("1", "2026-11-23T09:14"), NOW) == "hier 09:14"


def test_showing_fifty_contacts_is_quick(panel: TimelinePanel) -> None:
    timer = QElapsedTimer()
    spent: list[float] = []
    for turn in range(9):
        panel.present(martine(), NOW)
        panel.view.viewport().repaint()
        timer.start()
        panel.present(long_history(50, person=f"p{turn}"), NOW)
        panel.view.viewport().repaint()
        spent.append(timer.nsecsElapsed() / 1e6)
    assert sorted(spent)[4] < 4 * BARE_LIMIT_MS
