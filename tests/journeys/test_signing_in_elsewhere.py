"""« Continuer avec … »: a console, a real server, a real identity provider, and a browser in between."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
import requests
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.clock import AnchoredClock
from app.store.engine import open_database
from tests.server.serving import PASSWORD, Served, serving
from tests.support.identity import Identity, walk
from tests.support.scene import MORNING
from ui.bootstrap import DeskConsole, fresh_desk
from ui.door import VERSION
from ui.panels.elsewhere import Elsewhere
from ui.screens.sign_in import SignIn
from ui.theme import theme
from ui.widgets.button import Button

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]
SOON_MS = 20_000


@pytest.fixture(scope="module")
def identity() -> Generator[Identity]:
    """The house's identity provider, which knows Claire and somebody the house does not."""
    made = Identity()
    made.know("c.morvan")
    made.know("p.nobody")
    yield made
    made.close()


@pytest.fixture(scope="module")
def served(identity: Identity, tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    """A server that trusts it."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "connectors.toml").write_text(identity.section, "utf-8")
    engine = open_database(f"sqlite:///{folder / 'server.db'}")
    with serving(engine, folder) as (_process, scene, url):
        yield Served(url, scene)
    engine.dispose()


@pytest.fixture
def desk(qapp: QApplication, served: Served, tmp_path: Path) -> Iterator[DeskConsole]:
    """A desk where nobody sits yet."""
    theme.apply(qapp)
    made = fresh_desk(served.url, tmp_path, clock=AnchoredClock(MORNING))
    yield made
    made.close()


def _door(qtbot: QtBot, desk: DeskConsole) -> SignIn:
    door = SignIn(house="", version=VERSION)
    qtbot.addWidget(door)
    desk.offer(door)
    door.show()
    qtbot.waitUntil(lambda: _elsewhere(door).isVisible(), timeout=SOON_MS)
    return door


def _elsewhere(door: QWidget) -> Button:
    return next(iter(door.findChildren(Elsewhere))).button


def _press(door: SignIn) -> None:
    QTest.mouseClick(_elsewhere(door), Qt.MouseButton.LeftButton)


def _is_told(door: QWidget, words: str) -> bool:
    return any(words in label.text() and label.isVisible() for label in door.findChildren(QLabel))


def _go(browser: ThreadPoolExecutor, login: str, address: str) -> bool:
    """A browser opens, if there is anybody to type in it."""
    if login:
        browser.submit(lambda: requests.get(walk(address, login), timeout=20))
    return bool(login)


def test_who_signs_in_in_the_browser_sits_down_here(qtbot: QtBot, desk: DeskConsole) -> None:
    door = _door(qtbot, desk)
    assert _elsewhere(door).text() == "Continuer avec Compte de l’hôpital"
    with ThreadPoolExecutor(1) as browser:
        desk.other_ways.browse = partial(_go, browser, "c.morvan")
        _press(door)
        assert (_elsewhere(door).text(), door.isVisible()) == ("Annuler", True)
        qtbot.waitUntil(lambda: desk.place is not None, timeout=SOON_MS)
    place = desk.place
    assert place is not None
    assert place.person.login == "c.morvan"
    qtbot.waitUntil(lambda: place.rail.link_words.startswith("À jour"), timeout=SOON_MS)
    assert not door.isVisible()
    _opens_its_lock_in_the_browser(qtbot, desk)


def _opens_its_lock_in_the_browser(qtbot: QtBot, desk: DeskConsole) -> None:
    desk.lock()
    assert desk.locking is not None
    screen, window = desk.locking.screen, desk.place and desk.place.window
    assert window is not None
    button = _elsewhere(screen)
    qtbot.waitUntil(button.isVisible, timeout=SOON_MS)
    with ThreadPoolExecutor(1) as browser:
        desk.other_ways.browse = partial(_go, browser, "c.morvan")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(window.isVisible, timeout=SOON_MS)
    assert not screen.isVisible()


def test_who_else_signs_in_in_the_browser_opens_no_lock(
    qtbot: QtBot, desk: DeskConsole, identity: Identity
) -> None:
    desk.open(desk.console.sign_in("c.morvan", PASSWORD))
    identity.know("s.haddad")
    desk.lock()
    assert desk.locking is not None
    screen = desk.locking.screen
    button = _elsewhere(screen)
    qtbot.waitUntil(button.isVisible, timeout=SOON_MS)
    with ThreadPoolExecutor(1) as browser:
        desk.other_ways.browse = partial(_go, browser, "s.haddad")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(partial(_is_told, screen, "Une autre personne s’est connectée"), timeout=SOON_MS)
    assert desk.locking.is_locked


@pytest.mark.parametrize(
    ("login", "words"),
    [("p.nobody", "Aucun compte ouvert ici n’a votre identifiant."), ("", "Aucun navigateur ne s’ouvre")],
)
def test_who_has_no_place_here_is_told_and_may_try_again(
    qtbot: QtBot, desk: DeskConsole, login: str, words: str
) -> None:
    door = _door(qtbot, desk)
    with ThreadPoolExecutor(1) as browser:
        desk.other_ways.browse = partial(_go, browser, login)
        _press(door)
        qtbot.waitUntil(partial(_is_told, door, words), timeout=SOON_MS)
    assert (_elsewhere(door).text(), desk.place) == ("Continuer avec Compte de l’hôpital", None)


def test_who_gives_up_is_back_at_the_password(qtbot: QtBot, desk: DeskConsole) -> None:
    door = _door(qtbot, desk)
    desk.other_ways.browse = bool
    _press(door)
    assert _is_told(door, "Terminez la connexion dans votre navigateur.")
    _press(door)
    qtbot.waitUntil(lambda: _elsewhere(door).text().startswith("Continuer avec"), timeout=SOON_MS)
    assert not _is_told(door, "Terminez la connexion")
