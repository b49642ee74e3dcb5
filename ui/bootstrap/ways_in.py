"""Whoever is asked for at the door or the lock: what else than a password opens it, and why it stays shut."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from sync.client.at_provider import AtProvider
from sync.client.console import Console
from sync.client.credentials import NoKeyring
from sync.client.files import DeskFull, DeskTaken
from sync.client.phrase import SHORTEST, PhraseNeeded, WrongPhrase
from sync.client.server import SignInRefused, Unreachable
from sync.protocol.messages import VERSION_APART, OpenIdWay, WaysIn
from ui.background import in_background
from ui.screens.lock import LockScreen
from ui.screens.sign_in import SignIn
from ui.sign_in_words import elsewhere_refused, sign_in_refused
from ui.translate import say

T = TypeVar("T")
Asking: TypeAlias = SignIn | LockScreen


def _open_in_browser(address: str) -> bool:
    return QDesktopServices.openUrl(QUrl(address))


class OtherWays:
    """The identity provider's way in, by the system's own browser: its password is never typed in here."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.browse: Callable[[str], bool] = _open_in_browser

    def offer(self, door: Asking, sign_in: Callable[[AtProvider], T], then: Callable[[T], None]) -> None:
        """Show it at `door` once the server says that there is one."""

        def show(ways: WaysIn) -> None:
            if ways.openid is not None:
                door.elsewhere_asked.connect(partial(self._go, door, ways.openid, sign_in, then))
                door.offer(ways.openid.name)

        in_background(self._console.ways_in, show, _pass_over_silence, owner=door)

    def _go(
        self,
        door: Asking,
        way: OpenIdWay,
        sign_in: Callable[[AtProvider], T],
        then: Callable[[T], None],
    ) -> None:
        attempt = AtProvider(way, page=say("Vous pouvez fermer cet onglet et revenir à la console."))
        door.elsewhere_left.connect(attempt.cancel)
        door.wait_for_browser()
        if not self.browse(attempt.address):
            attempt.cancel(because="no_browser")
        in_background(lambda: sign_in(attempt), then, partial(tell_at, door), owner=door)


def ask_phrase(
    door: SignIn, needed: PhraseNeeded, *, give: Callable[[str, str], None], then: Callable[[], None]
) -> None:
    """Ask at `door` the phrase of a desk, `give` it, and go on with what needed it."""

    def say_wrong(fault: BaseException) -> None:
        if not isinstance(fault, WrongPhrase):
            raise fault
        door.fail_phrase(say("Ce n’est pas la phrase de ce poste."))

    def try_it(phrase: str) -> None:
        in_background(lambda: give(needed.desk, phrase), lambda _: then(), say_wrong, owner=door)

    door.ask_phrase(shortest=SHORTEST, is_new=needed.is_new, given=try_it)


def tell_at(door: Asking, fault: BaseException) -> None:
    """Say there why it stays shut. Raises what nobody there can do anything about."""
    match fault:
        case SignInRefused() if fault.code == "cancelled":
            door.stop_waiting()
        case SignInRefused():
            door.fail(_why_refused(fault))
        case Unreachable():
            door.fail(say("Le serveur ne répond pas. Vérifiez le réseau, puis réessayez."))
        case NoKeyring():
            door.fail(say("Le trousseau de ce poste ne répond pas\u00a0: lui seul ouvre ce qui y est gardé."))
        case DeskTaken():
            door.fail(say("Une console est déjà ouverte sur ce poste."))
        case DeskFull():
            door.fail(say("Le disque de ce poste est plein\u00a0: libérez de la place, puis réessayez."))
        case _:
            raise fault


def _why_refused(fault: SignInRefused) -> str:
    """In the language of the desk when it knows the reason, else as the server says it."""
    if fault.code in (known := elsewhere_refused()):
        return known[fault.code]
    if fault.code == VERSION_APART:
        return say("Version trop éloignée de celle du serveur\u00a0: appelez l’informatique.")
    if fault.tries_left is None:
        return fault.sentence
    return sign_in_refused(tries_left=fault.tries_left, pause=fault.pause)


def _pass_over_silence(fault: BaseException) -> None:
    """A server that is away is told of by the password's own way."""
    if not isinstance(fault, Unreachable):
        raise fault
