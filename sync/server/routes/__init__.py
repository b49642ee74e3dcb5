"""Thin routes: each reads a request, asks the rooms below, and shapes the answer."""

from typing import Annotated, TypeAlias

import msgspec
import sqlalchemy as sa
from litestar.params import Dependency

from app.ports import Clock
from sync.server.auth.desks import EnrolledDesk
from sync.server.auth.passwords import Tries
from sync.server.auth.tokens import SignedIn
from sync.server.feed.counts import Counts
from sync.server.feed.intake import Intake
from sync.server.feed.tail import Tail
from sync.server.feed.traces import Traces


class Premises(msgspec.Struct, frozen=True, kw_only=True):
    """What the routes of one running server share; `epoch` names this journal's life."""

    engine: sa.Engine
    establishment: str
    epoch: str
    clock: Clock
    tail: Tail
    intake: Intake
    tries: Tries
    counts: Counts
    traces: Traces


Here: TypeAlias = Annotated[Premises, Dependency(skip_validation=True)]
Caller: TypeAlias = Annotated[SignedIn, Dependency(skip_validation=True)]
Sender: TypeAlias = Annotated[SignedIn | EnrolledDesk, Dependency(skip_validation=True)]
