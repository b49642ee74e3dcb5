"""Makes one establishment ready, listens, and ends in time."""

import json
import signal
import socket
import sys
from types import FrameType
from typing import NoReturn

import sqlalchemy as sa
import uvicorn

from app.clock import TimeOrderedMint
from app.ports import Clock
from app.settings import Settings
from app.store import journal
from app.store.known_numbers import ensure_number_key
from sync.server.asgi import LongWork, make_app
from sync.server.auth.passwords import Tries
from sync.server.bootstrap.backups.new_life import register_of, withdrawals_of
from sync.server.bootstrap.due_work import make_due_work
from sync.server.bootstrap.guard import CIPHERS, Guarded, PatientHttp
from sync.server.bootstrap.house import ensure_epoch
from sync.server.bootstrap.identity import identity_provider
from sync.server.bootstrap.lines import kept_voicemails, leased_lines, posting_lines
from sync.server.bootstrap.rights.commands import EXPORTS
from sync.server.connectors.leased import PassedActs
from sync.server.connectors.simulated import SimulatedLine
from sync.server.feed.counts import Counts
from sync.server.feed.intake import Intake
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.tail import Tail
from sync.server.feed.traces import Traces
from sync.server.routes import Premises

GRACE_S = 1


def make_premises(engine: sa.Engine, establishment: str, clock: Clock) -> Premises:
    """One establishment, ready to be served."""
    epoch = ensure_epoch(engine, establishment, TimeOrderedMint())
    ensure_number_key(engine, establishment)
    with engine.connect() as connection:
        head = journal.head(connection, establishment).position
    tail = Tail(lambda after: read_feed_entries(engine, establishment, after=after), head=head)
    counts = Counts()
    return Premises(
        engine=engine,
        establishment=establishment,
        epoch=epoch,
        clock=clock,
        tail=tail,
        intake=Intake(engine, establishment, tail, clock=clock, counts=counts),
        tries=Tries(),
        counts=counts,
        traces=Traces(engine, establishment),
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


def make_server(settings: Settings, premises: Premises, *, demo_line: SimulatedLine | None = None) -> Server:
    """The web server, not yet listening, with the lines of the settings file and what is due."""
    mint = TimeOrderedMint()
    works: list[LongWork] = [
        *leased_lines(settings, premises, mint),
        make_due_work(
            premises,
            mint,
            register_of(settings.data_dir),
            withdrawals_of(settings.data_dir),
            exports=settings.data_dir / EXPORTS,
        ),
    ]
    if demo_line is not None:
        works.append(PassedActs(demo_line, premises.tail))
    app = make_app(
        premises,
        works=works,
        cti_hooks=posting_lines(settings, premises),
        voicemails=kept_voicemails(settings, premises),
        demo_line=demo_line,
        provider=identity_provider(settings),
    )
    config = uvicorn.Config(
        Guarded(app, is_tls=settings.tls_cert is not None),
        http=PatientHttp,
        log_config=None,
        access_log=False,
        server_header=False,
        # uvicorn by itself believes whoever connects from this machine, or a variable that nobody checks.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
        ssl_ciphers=CIPHERS,
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
