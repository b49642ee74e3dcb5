"""What may be asked of two records that may be one human: signal, reject, merge, part, sort the rest."""

from typing import TypeAlias

from app.domain.command import Command
from app.domain.ids import Id


class SignalDouble(Command, frozen=True, kw_only=True, tag="SignalDouble"):
    """Say that two records may be of one human (« Signaler un doublon possible »): somebody will decide.

    `is_compared` when the caller was verified and the traits compared.
    """

    person: Id
    other: Id
    is_compared: bool = False


class RejectDouble(Command, frozen=True, kw_only=True, tag="RejectDouble"):
    """Decide that two records are of two humans (« Ce ne sont pas les mêmes »): never proposed again."""

    person: Id
    other: Id


class WithdrawRejection(Command, frozen=True, kw_only=True, tag="WithdrawRejection"):
    """Undo one decision that two records are of two humans, named by the id of its command (« Annuler »)."""

    person: Id
    other: Id
    act: Id


class MergePersons(Command, frozen=True, kw_only=True, tag="MergePersons"):
    """Decide that two records are of one human (« Regrouper »): `person` points to `into`, nothing moves.

    `is_compared` when the caller was verified and the traits compared.
    """

    person: Id
    into: Id
    is_compared: bool = False


class UnmergePersons(Command, frozen=True, kw_only=True, tag="UnmergePersons"):
    """Take the pointer of `person` away: what came while it stood waits for `SettleTriage`."""

    person: Id


class SettleTriage(Command, frozen=True, kw_only=True, tag="SettleTriage"):
    """Say whose an exchange or a promise is, of two humans who were one record when it came."""

    item: Id
    person: Id


DoubleCommand: TypeAlias = (
    SignalDouble | RejectDouble | WithdrawRejection | MergePersons | UnmergePersons | SettleTriage
)
