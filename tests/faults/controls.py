"""Runs over processes with one part broken on purpose, each of which the checker must find out."""

from collections.abc import Callable

from tests.faults.nemesis import Nemesis
from tests.faults.runs import Run, run
from tests.faults.scene import Ends, Scene

SEED = 1


def finds_out(control: str) -> bool:
    """Whether a run with this broken on purpose is seen to be wrong."""
    play, kind = CONTROLS[control]
    return bool(getattr(play().verdict, kind))


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


def _run_twice() -> Run:
    return run(SEED, None, strike=_lose_answers, ends=Ends(program="tests.faults.runs_twice"))


def _forget() -> Run:
    return run(SEED, None, strike=_kill_what_waits, ends=Ends(forgets=True))


CONTROLS: dict[str, tuple[Callable[[], Run], str]] = {
    "a server runs again what is sent again": (_run_twice, "doubled"),
    "a console keeps nothing when it is killed": (_forget, "lost"),
}
