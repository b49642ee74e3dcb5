"""Reads which outside lines this installation has, and gives them to the server."""

import asyncio
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import msgspec
import sqlalchemy as sa

from app.domain.talk import LONGEST_CALL
from app.domain.words import AgentState, CallState, Channel
from app.ports import Mint
from app.settings import Settings, WrongSetting
from app.store import tables
from app.store.leases import Lessor
from app.store.voicemails import count_unread
from sync.server.auth.tokens import BySecret
from sync.server.bootstrap.keys import kept_secret
from sync.server.bootstrap.openid_section import OpenIdSection
from sync.server.bootstrap.posting_lines import CtiSection, cti_lines, cti_watch
from sync.server.bootstrap.voicemails import Voicemails, VoicemailSection, make_voicemails, token_of
from sync.server.connectors import Hold, LineMemory, OpenCall
from sync.server.connectors.asterisk.call import Dialplan
from sync.server.connectors.asterisk.line import AsteriskLine
from sync.server.connectors.asterisk.rights import troubles_of
from sync.server.connectors.asterisk.session import AsteriskSettings
from sync.server.connectors.generic_cti.line import CtiLine
from sync.server.connectors.leased import ActingLine, LeasedLine
from sync.server.connectors.simulated import SimulatedLine
from sync.server.routes import Premises

_SOUGHT = timedelta(days=31)
"""For how long a call is sought whose end no process heard: as long as no server is away."""


class AsteriskSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exchange in `connectors.toml`; without `secret`, the system keyring holds it."""

    line: str
    host: str
    username: str
    port: int = 5038
    secret: str = ""
    trunk_contexts: frozenset[str] = frozenset({"from-trunk"})
    queues: dict[str, str] = {}
    direct: dict[str, str] = {}
    outside: frozenset[str] = frozenset()
    """The endpoints of the trunks: calls of ours that leave by one are told as outgoing."""
    context: str = "internal"
    give_keys: str = "*2"


class Connectors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file `connectors.toml` of the data directory."""

    asterisk: list[AsteriskSection] = []
    cti: list[CtiSection] = []
    voicemail: list[VoicemailSection] = []
    openid: OpenIdSection | None = None


def read_connectors(settings: Settings) -> Connectors:
    """The outside lines of this installation; none when there is no file."""
    path = settings.data_dir / "connectors.toml"
    if not path.exists():
        return Connectors()
    try:
        read = msgspec.toml.decode(path.read_bytes(), type=Connectors)
    except (msgspec.MsgspecError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongSetting(f"connectors.toml can't be read: {error}.") from error
    names = [section.line for section in (*read.asterisk, *read.cti)]
    if len(set(names)) < len(names):
        raise WrongSetting("connectors.toml: two lines have the same name.")
    return read


def leased_lines(settings: Settings, premises: Premises, mint: Mint) -> list[LeasedLine]:
    """The exchanges to listen to or watch over, each by whichever server process holds its lease."""
    lessor = Lessor(
        engine=premises.engine,
        establishment=premises.establishment,
        holder=mint.new_id(),
        clock=premises.clock,
    )
    connectors = read_connectors(settings)
    makers: dict[str, Callable[[], ActingLine]] = {
        section.line: _maker(section, premises) for section in connectors.asterisk
    }
    makers |= {section.line: partial(cti_watch, section, premises) for section in connectors.cti}
    return [LeasedLine(line, make, lessor=lessor, tail=premises.tail) for line, make in makers.items()]


def posting_lines(settings: Settings, premises: Premises) -> BySecret[CtiLine]:
    """The exchanges that post their calls to whichever server process."""
    return cti_lines(read_connectors(settings).cti, premises)


def exchange_troubles(settings: Settings) -> dict[str, list[str]]:
    """What each exchange would refuse us, as sentences; each is asked once, now."""
    return {
        section.line: asyncio.run(troubles_of(_asterisk_settings(section)))
        for section in read_connectors(settings).asterisk
    }


def kept_voicemails(settings: Settings, premises: Premises) -> Voicemails:
    """What callers said, and the exchanges that hand it over."""
    return make_voicemails(settings, premises, read_connectors(settings).voicemail)


def unread_voicemails(
    connection: sa.Connection, establishment: str, connectors: Connectors
) -> dict[str, dict[str, int]]:
    """How many messages of each voicemail can't be played, by the field at fault."""
    return {
        f"{section.line} (voicemail)": count_unread(connection, establishment, section.line)
        for section in connectors.voicemail
        if token_of(section)
    }


def _maker(section: AsteriskSection, premises: Premises) -> Callable[[], AsteriskLine]:
    chosen = _asterisk_settings(section)
    return lambda: AsteriskLine(
        chosen,
        clock=premises.clock,
        emit=premises.intake.emit,
        remember=lambda: remembered(premises, section.line),
    )


def _asterisk_settings(section: AsteriskSection) -> AsteriskSettings:
    secret = section.secret or kept_secret(f"asterisk:{section.line}")
    if not secret:
        raise WrongSetting(f"connectors.toml: the line {section.line} has no secret, here or in the keyring.")
    return AsteriskSettings(
        line=section.line,
        host=section.host,
        port=section.port,
        username=section.username,
        secret=secret,
        dialplan=Dialplan(
            trunk_contexts=section.trunk_contexts,
            queues=section.queues,
            direct=section.direct,
            outside=section.outside,
            context=section.context,
            give_keys=section.give_keys,
        ),
    )


def remembered(premises: Premises, line: str) -> LineMemory:
    """The line's calls whose end an earlier process never heard, and what its agents did."""
    call, agent = tables.contact.c, tables.agent_state.c
    is_given = sa.func.coalesce(call.transferred_at >= call.hold_changed_at, sa.false())
    is_held = sa.and_(call.state == CallState.HELD, sa.not_(is_given))
    without_end = sa.select(
        call.id, call.at, call.answered_at, is_held.label("is_held"), call.hold_changed_at, call.extension
    ).where(
        call.establishment == premises.establishment,
        call.at >= premises.clock.now() - _SOUGHT,
        call.channel == Channel.PHONE,
        call.line == line,
        call.state != CallState.ENDED,
    )
    agents = sa.select(agent.queue, agent.extension, agent.state).where(
        agent.establishment == premises.establishment, agent.line == line
    )
    with premises.engine.connect() as connection:
        calls = connection.execute(without_end).all()
        return LineMemory(
            calls={
                row.id: OpenCall(is_answered=row.answered_at is not None, over_by=row.at + LONGEST_CALL)
                for row in calls
            },
            held={
                row.id: Hold(extension=row.extension, at=row.hold_changed_at) for row in calls if row.is_held
            },
            agents={(row.queue, row.extension): AgentState(row.state) for row in connection.execute(agents)},
        )


def simulated_line(premises: Premises, *, leap: Callable[[datetime], None] | None) -> SimulatedLine:
    """The demonstration's telephone; `leap` moves the demonstration's clock."""
    return SimulatedLine("simulated", clock=premises.clock, emit=premises.intake.emit, leap=leap)
