"""What a desk may not do alone is asked of the server at once, or refused at once: nothing of it waits."""

from collections.abc import Callable, Generator
from datetime import datetime
from functools import partial

import msgspec
import pytest

from app.clock import AnchoredClock, TimeOrderedMint
from app.domain.commands import AnswerCall, AnyCommand, HoldCall
from app.domain.errors import Refusal
from app.domain.words import CallState, LineAct, LineActState
from app.queries.phone_acts import phone_acts
from app.store import tables
from sync.client.access import Access
from sync.client.direct import TOO_LATE_AFTER, DirectLine
from sync.client.server import ServerLine, Unreachable
from sync.protocol.messages import CommandMessage, CommandState, Credentials, Session
from sync.protocol.signing import SittingKey
from tests.server.serving import PASSWORD, Served
from tests.support.proxy import Proxy
from tests.support.scene import MORNING, QUEUE
from tests.sync.people import SOON_S, SitDown, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]

AskAt = Callable[..., DirectLine]


def _rung(served: Served) -> str:
    return served.play(act="ring", queue=QUEUE, number="+33639980123", extension="4101")


class _LosesAnAnswer(ServerLine):
    """The server has the command, and the wire dies before its answer comes."""

    is_to_lose = True

    def ask(self, command: CommandMessage, token: str, *, patience: float) -> CommandState:
        state = super().ask(command, token, patience=patience)
        if self.is_to_lose:
            self.is_to_lose = False
            raise Unreachable("lost")
        return state


class _Later(AnchoredClock):
    """Each look at it is one patience later."""

    _looks = 0

    def now(self) -> datetime:
        self._looks += 1
        return super().now() + self._looks * 2 * TOO_LATE_AFTER


@pytest.fixture
def session(served: Served) -> Session:
    line = ServerLine(served.url)
    try:
        return line.sign_in(Credentials(login="c.morvan", password=PASSWORD))
    finally:
        line.close()


@pytest.fixture
def direct(served: Served, session: Session) -> Generator[AskAt]:
    made: list[DirectLine] = []

    def make(
        kind: type[ServerLine] = ServerLine, *, token: str = session.token, clock: AnchoredClock | None = None
    ) -> DirectLine:
        access = Access(msgspec.structs.replace(session, token=token), SittingKey())
        clock = clock or AnchoredClock(MORNING)
        made.append(DirectLine(partial(kind, served.url), access, clock=clock, mint=TimeOrderedMint()))
        return made[-1]

    yield make
    for line in made:
        line.stop()


def _asked(line: DirectLine, command: AnyCommand) -> str:
    return line.ask(command).result(SOON_S)


def test_a_call_is_answered_from_the_console_and_the_exchange_s_word_comes_back(
    sit_down: SitDown, served: Served
) -> None:
    person = sit_down("c.morvan")
    contact = _rung(served)
    act = person.console.submit(AnswerCall(contact=contact)).result(SOON_S)
    person.until(lambda: person.contact(contact).state == CallState.IN_CALL, "never answered")

    def is_settled() -> bool:
        newest, *_ = person.console.ask(partial(phone_acts, extension="4101")).result(SOON_S)
        return (newest.act, newest.what, newest.state) == (act, LineAct.ANSWER, LineActState.DONE)

    person.until(is_settled, "never settled")
    assert person.links[-1].waiting == 0


def test_a_rule_s_no_is_told_by_its_code(direct: AskAt, served: Served) -> None:
    contact = _rung(served)
    with pytest.raises(Refusal, match="call_is_elsewhere: contact"):
        _asked(direct(), HoldCall(contact=contact))


def test_without_the_wire_it_is_refused_and_never_sent_later(
    sit_down: SitDown, proxy: Proxy, served: Served
) -> None:
    person = sit_down("c.morvan")
    contact = _rung(served)
    person.until(lambda: person.contact(contact) is not None, "it did not ring")
    proxy.cut()
    with pytest.raises(Refusal, match="needs_server"):
        person.console.submit(AnswerCall(contact=contact)).result(SOON_S)
    assert person.links[-1].waiting == 0
    proxy.restore()
    person.until(lambda: person.links[-1].is_online, "never back")
    assert served.scene.find(tables.line_act, contact=contact) is None


def test_an_answer_that_is_lost_leaves_one_act(direct: AskAt, served: Served) -> None:
    act = _asked(direct(_LosesAnAnswer), AnswerCall(contact=_rung(served)))
    assert served.scene.get(tables.line_act, id=act).what == LineAct.ANSWER
    assert served.scene.count(tables.journal, command_id=act) == 1


def test_a_token_that_expired_is_renewed_before_anybody_notices(direct: AskAt, served: Served) -> None:
    act = _asked(direct(token="stale"), AnswerCall(contact=_rung(served)))
    assert served.scene.get(tables.journal, command_id=act).refusal == ""


def test_what_waited_too_long_behind_another_is_not_asked_any_more(direct: AskAt, served: Served) -> None:
    contact = _rung(served)
    with pytest.raises(Refusal, match="needs_server"):
        _asked(direct(clock=_Later(MORNING)), AnswerCall(contact=contact))
    assert served.scene.find(tables.line_act, contact=contact) is None
