"""What may be asked of two records that may be one human: signal, reject, merge, part, sort the rest."""

from typing import TypeAlias

from app.domain.command import Command
from app.domain.ids import Id


class SignalDouble(Command, frozen=True, kw_only=True, tag="SignalDouble"):
    """Say that two records may be of one human (« Signaler un doublon possible »): somebody will decide."""

    person: Id
    other: Id


class RejectDouble(Command, frozen=True, kw_only=True, tag="RejectDouble"):
    """Decide that two records are of two humans (« Ce ne sont pas les mêmes »): never proposed again."""

    person: Id
    other: Id


class MergePersons(Command, frozen=True, kw_only=True, tag="MergePersons"):
    """Decide that two records are of one human (« Regrouper »): `person` points to `into`, nothing moves."""

    person: Id
    into: Id


class UnmergePersons(Command, frozen=True, kw_only=True, tag="UnmergePersons"):
    """Take the pointer of `person` away: what came while it stood waits for `SettleTriage`."""

    person: Id


class SettleTriage(Command, frozen=True, kw_only=True, tag="SettleTriage"):
    """Say whose an exchange or a promise is, of two humans who were one record when it came."""

    item: Id
    person: Id


DoubleCommand: TypeAlias = SignalDouble | RejectDouble | MergePersons | UnmergePersons | SettleTriage
