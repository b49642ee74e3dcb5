"""Runs over processes with one part broken on purpose, each of which the checker must find out."""

from typing import NamedTuple

from tests.faults.nemesis import Nemesis
from tests.faults.runs import Strike, run
from tests.faults.scene import Ends, Scene

SEED = 1
A_DAY_S = 24 * 3600
MANY = 4
"""So many that some are known."""


class Control(NamedTuple):
    """What is done to which programs, and the checker's word for what must come of it."""

    strike: Strike
    ends: Ends
    found: str


def finds_out(control: str) -> bool:
    """Whether a run with this broken on purpose is seen to be wrong."""
    strike, ends, kind = CONTROLS[control]
    return bool(getattr(run(SEED, None, strike=strike, ends=ends).verdict, kind))


def _lose_answers(nemesis: Nemesis, _scene: Scene) -> None:
    for _ in range(3):
        nemesis.inject("answers lost")


def _kill_what_waits(nemesis: Nemesis, scene: Scene) -> None:
    """What is saved without the server is on this desk alone when it is killed."""
    for wire in scene.wires:
        wire.cut()
    nemesis.wait_for_saves()
    for console in scene.consoles:
        console.kill()


def _leap_ahead(nemesis: Nemesis, scene: Scene) -> None:
    """Farther than any console's clock is behind when it starts."""
    for console in scene.consoles:
        console.order(("leap", A_DAY_S))
    nemesis.wait_for_saves()


def _fill_desks(nemesis: Nemesis, scene: Scene) -> None:
    for console in scene.consoles:
        console.fill_disk()
    scene.is_damaged = True
    nemesis.wait_for_saves()


def _wait_for_calls(nemesis: Nemesis, scene: Scene) -> None:
    while len(scene.telephone.present) < MANY:
        nemesis.wait_for_saves()


def _kill_while_they_talk(nemesis: Nemesis, scene: Scene) -> None:
    _wait_for_calls(nemesis, scene)
    for server in scene.servers:
        server.kill()


def _hang_up_unheard(nemesis: Nemesis, scene: Scene) -> None:
    """The exchange goes away, and who talked hangs up before it is back."""
    _wait_for_calls(nemesis, scene)
    scene.telephone.go_away()
    scene.telephone.end_unheard()


def _ring_at_a_full_disk(nemesis: Nemesis, scene: Scene) -> None:
    """Who called meanwhile is not told again to a line that says that it has them."""
    nemesis.wait_for_saves()
    for server in scene.servers:
        server.fill_disk()
    nemesis.wait_for_saves()


CONTROLS: dict[str, Control] = {
    "a server runs again what is sent again": Control(
        _lose_answers, Ends(server="tests.faults.broken.runs_twice"), "doubled"
    ),
    "a server dates a contact as its desk's clock says": Control(
        _leap_ahead, Ends(server="tests.faults.broken.dates_as_told"), "misdated"
    ),
    "a server names the exchange's calls anew when it starts": Control(
        _kill_while_they_talk, Ends(server="tests.faults.broken.names_anew"), "doubled"
    ),
    "a server believes that no call ended unheard": Control(
        _hang_up_unheard, Ends(server="tests.faults.broken.forgets_ends"), "ghosts"
    ),
    "a server takes a call for recorded when its disk is full": Control(
        _ring_at_a_full_disk, Ends(server="tests.faults.broken.takes_for_done"), "lost"
    ),
    "a console keeps nothing when it is killed": Control(
        _kill_what_waits, Ends(console="tests.faults.broken.forgets"), "lost"
    ),
    "a console says that it is done when its disk is full": Control(
        _fill_desks, Ends(console="tests.faults.broken.says_done"), "lost"
    ),
}
