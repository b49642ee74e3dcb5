"""`filrouge`: opens the console; `filrouge pop NUMBER` makes the running one show a number."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.door import Entrance
    from ui.translate import Language

ANCHOR = "2026-11-24T10:26"
_ERASED = (
    "L’appel est noté. Après 72\N{NO-BREAK SPACE}h sans le serveur, les fiches gardées sur ce poste"
    " sont effacées\N{NO-BREAK SPACE}: elles reviendront avec lui."
)

_WITHDRAWN = (
    "L’appel est noté. L’accès de ce compte est retiré\N{NO-BREAK SPACE}: les fiches de ce poste"
    " sont effacées, vos saisies restent gardées."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 on success, 1 on failure with one sentence on standard error, 2 on bad usage."""
    asked = _parser().parse_args(arguments)
    if asked.number is not None:
        return _pop(asked.number)
    if asked.demo:
        from ui.demonstration import run_demonstration

        return run_demonstration(
            anchor=asked.anchor,
            seed=asked.seed,
            port=asked.port,
            database=asked.postgres,
            out=asked.out,
            language=_language(),
        )
    from ui.door import run_console
    from ui.viewmodels.own_settings import kept_language

    return run_console(read_console, language=kept_language() or _language())


def read_console() -> "Callable[[], Entrance]":
    """Read the settings and the console, for which the first paint of the door does not wait."""
    from app.logs import set_up_logs
    from app.settings import read_settings
    from ui.bootstrap import desk_of

    settings = read_settings()
    set_up_logs(settings.log_level)

    def make() -> "Entrance":
        from ui.theme import theme
        from ui.viewmodels.own_settings import OwnSettings

        own = OwnSettings(
            shipped_theme=settings.theme,
            lock_after=settings.lock_after,
            is_lock_set=settings.is_lock_set,
        )
        theme.choose(own.theme)
        return desk_of(settings.server, settings.data_dir, own=own)

    return make


def _language() -> "Language":
    """What the desk speaks, known before the door is painted; a wrong setting is told once all are read."""
    said = os.environ.get("FILROUGE_LANGUAGE")
    if said is None and Path(".env").is_file():
        from dotenv import dotenv_values

        said = dotenv_values(".env").get("FILROUGE_LANGUAGE")
    return "en" if (said or "").lower() == "en" else "fr"


def _pop(number_raw: str) -> int:
    from ui.instance import ERASED, INSTANCE, WITHDRAWN, ask_running_console

    heard = ask_running_console(INSTANCE, number_raw.removeprefix("tel:"))
    if told := {ERASED: _ERASED, WITHDRAWN: _WITHDRAWN}.get(heard):
        print(told, file=sys.stderr)
    if heard:
        return 0
    print("Aucune console n’est ouverte sur ce poste.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="filrouge", description="La console d’accueil.")
    parser.set_defaults(number=None)
    actions = parser.add_subparsers(metavar="ACTION")
    pop = actions.add_parser("pop", help="montrer un numéro dans la console ouverte")
    pop.add_argument("number", metavar="NUMBER")
    demo = parser.add_argument_group("démonstration")
    demo.add_argument("--demo", action="store_true", help="hôpital fictif et ligne simulée")
    demo.add_argument("--anchor", type=_moment, default=ANCHOR, help="heure de départ")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--port", type=int, default=0, help="port du serveur (libre par défaut)")
    demo.add_argument("--postgres", default="", metavar="URL", help="base à la place de SQLite")
    demo.add_argument("--out", type=Path, default=Path("demo-output"), help="images et story.json")
    return parser


def _moment(text: str) -> datetime:
    from app.demo.calendar import ZONE

    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


if __name__ == "__main__":
    raise SystemExit(main())
