"""Puts the server together: the only room of it that knows every other."""

import json
import signal
import socket
import sys
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import NoReturn

import keyring
import msgspec
import sqlalchemy as sa
import uvicorn

from app.clock import AnchoredClock, MachineClock, TimeOrderedMint
from app.domain.words import CallState, Channel
from app.ports import Clock, Mint
from app.settings import Settings, WrongSetting
from app.store import journal, tables
from app.store.engine import open_database
from app.store.migrations import migrate
from app.store.reading import read_house_words
from sync.server.asgi import make_app
from sync.server.auth.passwords import Tries
from sync.server.connectors.asterisk.call import Dialplan
from sync.server.connectors.asterisk.line import AsteriskLine, AsteriskSettings
from sync.server.connectors.simulated import SimulatedLine
from sync.server.feed.counts import Counts
from sync.server.feed.intake import Intake
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.tail import Tail
from sync.server.routes import Premises

GRACE_S = 1
LONGEST_CALL = timedelta(hours=12)


class NotSetUp(Exception):  # noqa: N818 - it is a sentence for the person who starts the server
    """The database can't be served yet; the message says what to do."""


def open_store(settings: Settings) -> sa.Engine:
    """The database of the settings, its tables brought to this version."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = open_database(settings.database_url)
    migrate(engine)
    return engine


def establishments(engine: sa.Engine) -> list[str]:
    """The establishments of this database."""
    with engine.connect() as connection:
        found = sa.select(tables.house_fact.c.establishment).distinct()
        return list(connection.execute(found).scalars())


def only_establishment(engine: sa.Engine) -> str:
    """The establishment that this database holds."""
    match establishments(engine):
        case [establishment]:
            return establishment
        case []:
            raise NotSetUp(
                "The database holds no establishment: run `filrouge-server migrate --establishment ID "
                "--name NAME`, or `filrouge-server demo-data`."
            )
        case _:
            raise NotSetUp("The database holds several establishments; one process serves one.")


def clock_of(anchor: datetime | None) -> Clock:
    """The machine's clock, or the demonstration's."""
    return MachineClock() if anchor is None else AnchoredClock(anchor)


def ensure_epoch(engine: sa.Engine, establishment: str, mint: Mint) -> str:
    """The name of this journal's life, given when it begins."""
    with engine.begin() as connection:
        words = read_house_words(connection, establishment)
        if "epoch" not in words:
            set_house_words(connection, establishment, epoch=mint.new_id())
            words = read_house_words(connection, establishment)
    return words["epoch"]


def set_house_words(connection: sa.Connection, establishment: str, **words: str) -> None:
    """Set the establishment's own words: `name`, `short_name`, `epoch`."""
    for name, value in words.items():
        key = {"establishment": establishment, "name": name}
        connection.execute(sa.delete(tables.house_fact).filter_by(**key))
        connection.execute(sa.insert(tables.house_fact), key | {"value": value})


def make_premises(engine: sa.Engine, establishment: str, clock: Clock) -> Premises:
    """One establishment, ready to be served."""
    epoch = ensure_epoch(engine, establishment, TimeOrderedMint())
    with engine.connect() as connection:
        head = journal.head(connection, establishment).position
    tail = Tail(lambda after: read_feed_entries(engine, establishment, after=after), head=head)
    return Premises(
        engine=engine,
        establishment=establishment,
        epoch=epoch,
        clock=clock,
        tail=tail,
        intake=Intake(engine, establishment, tail, clock=clock),
        tries=Tries(),
        counts=Counts(),
    )


class Server(uvicorn.Server):
    """Says where it listens, and ends the feeds before it waits for their connections."""

    def __init__(self, config: uvicorn.Config, premises: Premises) -> None:
        super().__init__(config)
        self._premises = premises

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Print one JSON line once requests are taken."""
        await super().startup(sockets)
        for listening in sockets or []:
            host, port = listening.getsockname()[:2]
            print(json.dumps({"listening": f"{host}:{port}"}), flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let every feed say goodbye."""
        self._premises.tail.stop()
        await super().shutdown(sockets)


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


class Connectors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file `connectors.toml` of the data directory."""

    asterisk: list[AsteriskSection] = []


def read_connectors(settings: Settings) -> Connectors:
    """The outside lines of this installation; none when there is no file."""
    path = settings.data_dir / "connectors.toml"
    if not path.exists():
        return Connectors()
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Connectors)
    except (msgspec.MsgspecError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongSetting(f"connectors.toml can't be read: {error}.") from error


def asterisk_lines(settings: Settings, premises: Premises) -> list[AsteriskLine]:
    """The exchanges to listen to."""
    return [
        AsteriskLine(
            _asterisk_settings(section),
            clock=premises.clock,
            emit=premises.intake.emit,
            still_open=_calls_without_end(premises),
        )
        for section in read_connectors(settings).asterisk
    ]


def _asterisk_settings(section: AsteriskSection) -> AsteriskSettings:
    secret = section.secret or keyring.get_password("filrouge-server", f"asterisk:{section.line}") or ""
    if not secret:
        raise WrongSetting(f"connectors.toml: the line {section.line} has no secret, here or in the keyring.")
    return AsteriskSettings(
        line=section.line,
        host=section.host,
        port=section.port,
        username=section.username,
        secret=secret,
        dialplan=Dialplan(
            trunk_contexts=section.trunk_contexts, queues=section.queues, direct=section.direct
        ),
    )


def _calls_without_end(premises: Premises) -> dict[str, bool]:
    """The calls whose end an earlier process never heard, each with whether it was answered."""
    call = tables.contact.c
    found = sa.select(call.id, call.answered_at).where(
        call.establishment == premises.establishment,
        call.at >= premises.clock.now() - LONGEST_CALL,
        call.channel == Channel.PHONE,
        call.state.in_([CallState.QUEUED, CallState.RINGING, CallState.IN_CALL]),
    )
    with premises.engine.connect() as connection:
        return {row.id: row.answered_at is not None for row in connection.execute(found)}


def simulated_line(premises: Premises) -> SimulatedLine:
    """The demonstration's telephone."""
    return SimulatedLine("simulated", clock=premises.clock, emit=premises.intake.emit)


def make_server(settings: Settings, premises: Premises, *, demo_line: SimulatedLine | None = None) -> Server:
    """The web server, not yet listening, with the lines of the settings file."""
    config = uvicorn.Config(
        make_app(premises, lines=asterisk_lines(settings, premises), demo_line=demo_line),
        log_config=None,
        access_log=False,
        server_header=False,
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
        timeout_graceful_shutdown=GRACE_S,
        ws="none",
    )
    return Server(config, premises)


def listen(settings: Settings) -> socket.socket:
    """The socket of the settings' address; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=2048)


def serve(server: Server, listening: socket.socket) -> None:
    """Serve until SIGTERM or Ctrl+C."""
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    server.run(sockets=[listening])


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)
