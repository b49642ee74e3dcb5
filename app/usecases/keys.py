"""Keys that every desk hears of: what they hold is put under another one."""

from collections.abc import Callable
from typing import Any

from app.domain.commands import ChangeNumberKey, RekeyDesk
from app.domain.errors import Refusal
from app.domain.facts import DeskRekeyAsked, NumberKeyChanged
from app.domain.marks import is_key
from app.store.unit_of_work import UnitOfWork


def rekey_desk(command: RekeyDesk, uow: UnitOfWork) -> None:
    """A desk that hears of it later, or twice, does it once for each time it was asked."""
    uow.concerns_all()
    uow.record(DeskRekeyAsked(desk=command.desk, asked_at=uow.now))


def change_number_key(command: ChangeNumberKey, uow: UnitOfWork) -> None:
    """What comes down from now on is hashed with this one."""
    if not is_key(command.secret):
        raise Refusal("value_unreadable", "secret")
    uow.concerns_all()
    uow.record(NumberKeyChanged(secret=command.secret))


USE_CASES: dict[type, Callable[[Any, UnitOfWork], None]] = {
    RekeyDesk: rekey_desk,
    ChangeNumberKey: change_number_key,
}
"""What the dispatch runs of keys."""
