"""A real server in a process of its own, and what a console would ask of it."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import requests
import sqlalchemy as sa

from app.domain.commands import AnyCommand
from app.domain.facts import AgentSeated
from app.domain.words import Role
from app.store.engine import writing
from app.store.migrations import migrate
from app.store.rows import Rows
from app.store.seats import follow_seat
from sync.protocol.messages import to_message
from sync.protocol.signing import SittingKey
from sync.server.auth.accounts import Account, disable_account, put_account, revoke, seat_of
from tests.support.scene import MORNING, QUEUE, Scene

ROOT = Path(__file__).parents[2]
PASSWORD = "un mot de passe"
PATIENCE_S = 20
_WHAT_A_RUN_SAYS = 1024 * 1024
TOKEN, OTHER_TOKEN = "a-secret-of-the-first-exchange", "a-secret-of-the-other-exchange"
VOICEMAIL_TOKEN = "a-secret-of-the-voicemail-of-one"
CONNECTORS = f"""
[[cti]]
line = "clinique"
token = "{TOKEN}"
queues = {{ support = "{QUEUE}" }}
users = {{ "Emma Taylor" = "4101" }}

[[cti]]
line = "annexe"
token = "{OTHER_TOKEN}"

[[voicemail]]
line = "pbx"
token = "{VOICEMAIL_TOKEN}"
mailboxes = {{ "100@default" = "{QUEUE}" }}
"""
"""Two exchanges that post their calls, and one that hands its voicemail over."""
ACCOUNTS = (
    Account(
        login="c.morvan",
        name="Claire Morvan",
        role=Role.RECEPTIONIST,
        services=("orthopedie",),
        extension="4101",
    ),
    Account(
        login="s.haddad",
        name="Samira Haddad",
        role=Role.SECRETARY,
        services=("orthopedie",),
        extension="4102",
    ),
    Account(
        login="h.lambert",
        name="Hugo Lambert",
        role=Role.RECEPTIONIST,
        services=("standard",),
        extension="4001",
    ),
    Account(
        login="l.tessier", name="Lucie Tessier", role=Role.NURSE, services=("standard",), extension="4205"
    ),
    Account(
        login="n.bourdin",
        name="Nathalie Bourdin",
        role=Role.SUPERVISOR,
        services=("orthopedie",),
        extension="4100",
    ),
    Account(login="admin", name="Ada Min", role=Role.ADMINISTRATOR, services=(), extension=""),
)
ONE_OF_EACH_ROLE = {"c.morvan": "receptionist", "s.haddad": "secretary", "l.tessier": "nurse"} | {
    "n.bourdin": "supervisor",
    "admin": "administrator",
}


class Event:
    """One server-sent event."""

    def __init__(self, text: str) -> None:
        lines = {name: value for name, _, value in (line.partition(": ") for line in text.splitlines())}
        self.name = lines["event"]
        self.cursor = lines.get("id", "")
        self.data: dict[str, Any] = json.loads(lines["data"])


class Feed:
    """One open feed."""

    def __init__(self, response: requests.Response) -> None:
        self._events = _events(response)

    def next(self, name: str) -> Event:
        """The next event of this name; others before it are passed over."""
        return next(event for event in self._events if event.name == name)

    def next_any(self) -> Event:
        """The next event."""
        return next(self._events)

    def entry_of(self, command_id: str) -> dict[str, Any]:
        """The entry that a command left, as this desk sees it."""
        while True:
            for entry in self.next("page").data["entries"]:
                if entry["command_id"] == command_id:
                    return entry

    def entries_until(self, command_id: str) -> list[dict[str, Any]]:
        """All entries up to that of a command."""
        seen: list[dict[str, Any]] = []
        while not any(entry["command_id"] == command_id for entry in seen):
            seen += self.next("page").data["entries"]
        return seen


def _events(response: requests.Response) -> Iterator[Event]:
    held = ""
    for chunk in response.raw.stream():
        held += chunk.decode()
        while "\n\n" in held:
            text, _, held = held.partition("\n\n")
            yield Event(text)


class Served:
    """A running server, its database seen from outside, and one session for each login."""

    def __init__(self, url: str, scene: Scene) -> None:
        self.url = url
        self.scene = scene
        self._sessions: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, SittingKey] = {}

    def session(self, login: str) -> dict[str, Any]:
        """The session of a login, signed in once."""
        if login not in self._sessions:
            self.keys[login] = SittingKey()
            said = {"login": login, "password": PASSWORD, "sitting_key": self.keys[login].public}
            answer = requests.post(f"{self.url}/v1/session", json=said, timeout=PATIENCE_S)
            assert answer.status_code == 200, answer.text
            self._sessions[login] = answer.json()
        return self._sessions[login]

    def put(self, account: Account) -> None:
        """Open an account, or change it."""
        with writing(self.scene.engine) as connection:
            put_account(connection, self.scene.establishment, account, password=PASSWORD)
        self.scene.run(seat_of(account), author="filrouge-server")

    def disable(self, login: str) -> None:
        """Close an account."""
        with writing(self.scene.engine) as connection:
            assert disable_account(connection, self.scene.establishment, login)

    def revoke(self, login: str) -> None:
        """Take an account's tokens back."""
        with writing(self.scene.engine) as connection:
            assert revoke(connection, self.scene.establishment, login)

    def call(self, method: str, path: str, *, login: str = "", **options: Any) -> requests.Response:
        """One request, with a login's token if there is one."""
        headers = {"Authorization": f"Bearer {self.session(login)['token']}"} if login else {}
        return requests.request(
            method,
            self.url + path,
            headers=headers | options.pop("headers", {}),
            timeout=PATIENCE_S,
            **options,
        )

    def send(self, *bodies: AnyCommand, login: str = "c.morvan") -> list[dict[str, Any]]:
        """Commands as a console sends them; what became of each."""
        messages = [json.loads(_encoded(self.scene, body, login)) for body in bodies]
        answer = self.call("POST", "/v1/commands", login=login, json={"commands": messages})
        assert answer.status_code == 202, answer.text
        return answer.json()

    def cursor(self, login: str = "c.morvan") -> str:
        """Where the journal stands, for a desk of this login."""
        return self.snapshot(login)[0]["cursor"]

    def snapshot_rows(self, table: str, login: str = "c.morvan") -> list[dict[str, Any]]:
        """The rows of one table in a desk's snapshot, by the names of its columns."""
        start, *parts = self.snapshot(login)
        rows = (row for part in parts for row in part.get("rows", {}).get(table, ()))
        return [dict(zip(start["columns"][table], row, strict=True)) for row in rows]

    def snapshot(self, login: str = "c.morvan") -> list[dict[str, Any]]:
        """Every line of a desk's snapshot."""
        return [json.loads(line) for line in self.call("GET", "/v1/snapshot", login=login).iter_lines()]

    @contextmanager
    def feed(self, login: str = "c.morvan", *, after: str = "") -> Generator[Feed]:
        """A feed from a cursor on, or from now on."""
        with self.call(
            "GET", "/v1/feed", login=login, params={"after": after or self.cursor(login)}, stream=True
        ) as response:
            assert response.status_code == 200, response.text
            yield Feed(response)

    def play(self, **act: str) -> str:
        """One act on the simulated line; the contact's id."""
        answer = self.call("POST", "/demo/line", json=act)
        assert answer.status_code == 200, answer.text
        return answer.json()["contact"]


def _seated(account: Account) -> AgentSeated:
    seat = seat_of(account)
    return AgentSeated(agent=seat.agent, name=seat.name, service=seat.service, extension=seat.extension)


def _encoded(scene: Scene, body: AnyCommand, login: str) -> bytes:
    return msgspec.json.encode(to_message(scene.envelope(body, author=login)))


@contextmanager
def serving(
    engine: sa.Engine, data_dir: Path, *more: str, **settings: str
) -> Generator[tuple[subprocess.Popen[str], Scene, str]]:
    """Start `filrouge-server serve` on an engine's database, where a small hospital is laid."""
    migrate(engine)
    scene = Scene(engine)
    scene.clock.share()
    with engine.begin() as connection:
        for account in ACCOUNTS:
            put_account(connection, scene.establishment, account, password=PASSWORD)
            follow_seat(Rows(connection, scene.establishment, position=0), _seated(account))
    arguments = ("serve", "--anchor", MORNING.isoformat(), "--simulated-line", *more)
    process = start(engine.url.render_as_string(hide_password=False), data_dir, *arguments, **settings)
    try:
        yield process, scene, f"http://{listening(process)}"
    finally:
        end(process)


def start(
    database_url: str, data_dir: Path, *arguments: str, program: str = "sync.server", **settings: str
) -> subprocess.Popen[str]:
    """The server's program, with its settings."""
    inherited = os.environ.items()
    # Without compiled files each start would compile every library again.
    environment = {
        name: value
        for name, value in inherited
        if not name.startswith(("FILROUGE_", "PYTHONDONTWRITEBYTECODE"))
    }
    ours = {
        "FILROUGE_DATABASE_URL": database_url,
        "FILROUGE_LISTEN": "127.0.0.1:0",
        "FILROUGE_DATA_DIR": str(data_dir),
    }
    return subprocess.Popen(
        [sys.executable, "-m", program, *arguments],
        env=environment | ours | settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A server that said more than its pipe holds would wait for ever for somebody to read it.
        pipesize=_WHAT_A_RUN_SAYS,
        text=True,
        cwd=ROOT,
    )


def run_program(home: Path, *arguments: str) -> tuple[int, str, str]:
    """A command that ends by itself, on the SQLite of a directory: status, output and errors."""
    process = start(f"sqlite:///{home / 'filrouge.db'}", home, *arguments)
    out, err = process.communicate(timeout=50)
    return process.returncode, out, err


def listening(process: subprocess.Popen[str]) -> str:
    """Where it listens, as it says once it is ready."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE_S)
    line = process.stdout.readline() if ready else ""
    assert line, "the server said nothing"
    return json.loads(line)["listening"]


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Stop it as an administrator would; its status and what it said on standard error."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=PATIENCE_S)
    return process.returncode, said
