"""The rows of `desk.db`, the one file of a desk that is precious, and its numbered steps forward."""

import sqlalchemy as sa

from app.store.engine import writing
from app.store.tables import UtcAt

metadata = sa.MetaData()

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("made_at", UtcAt, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("refusal", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("changed_at", UtcAt, nullable=False),
    sa.Column("sitting", sa.Text, nullable=False),
    sa.Column("tag", sa.Text, nullable=False),
)
"""Every command of the last seven days, in the order made; `state` says where it stands:

`pending` (to be sent), `answered` (the server has it, the feed has not said so), `held` (the server
keeps it for its administrator), `done`, `refused` (shown until dismissed) or `dismissed`.
"""

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("author", sa.Text, primary_key=True),
    sa.Column("contact", sa.Text, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("saved_at", UtcAt, nullable=False),
)

notice = sa.Table(
    "notice",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("at", UtcAt, nullable=False),
)
"""What the desk must tell whoever sits there, such as a damaged file set aside."""

replica_key = sa.Table(
    "replica_key",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("key", sa.LargeBinary, nullable=False),
    sa.Column("heard_at", UtcAt, nullable=False),
    sa.Column("seen_at", UtcAt, nullable=False),
)
"""The key of each replica, when the server was last heard for it, and the latest time seen then."""

enrolment = sa.Table(
    "enrolment",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True),
    sa.Column("credential", sa.Text, nullable=False),
)
"""This desk's own credential, as precious as the rows it hands over, and under the same key."""

file_key = sa.Table(
    "file_key",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True),
    sa.Column("made_at", UtcAt, nullable=False),
    sa.Column("asked_at", UtcAt, nullable=False),
)
"""Since when this very file has its key, and which of the server's orders that one answered."""

known_person = sa.Table(
    "known_person",
    metadata,
    sa.Column("login", sa.Text, primary_key=True),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("derived", sa.LargeBinary, nullable=False),
    sa.Column("session", sa.LargeBinary, nullable=False),
    sa.Column("tries_left", sa.Integer, nullable=False),
    sa.Column("let_in_at", UtcAt, nullable=False),
)
"""Whom the server let in at this desk and when, to be let in again while it is away."""

kept_house = sa.Table(
    "kept_house",
    metadata,
    sa.Column("owner", sa.Text, primary_key=True),
    sa.Column("rows", sa.LargeBinary, nullable=False),
)
"""The house's rows as whoever lost a replica here last had them, under the name of their files."""

file_names = sa.Table(
    "file_names",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True),
    sa.Column("salt", sa.LargeBinary, nullable=False),
)
"""What the files' names are made with: without it they tell nobody who sits here, however few work there."""

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        author TEXT NOT NULL, made_at BIGINT NOT NULL, body BLOB NOT NULL, state TEXT NOT NULL,
        epoch TEXT NOT NULL, position BIGINT NOT NULL, refusal TEXT NOT NULL, field TEXT NOT NULL,
        changed_at BIGINT NOT NULL
    );
    CREATE INDEX outbox_state ON outbox (state, seq);
    CREATE TABLE draft (
        author TEXT NOT NULL, contact TEXT NOT NULL, body BLOB NOT NULL, saved_at BIGINT NOT NULL,
        PRIMARY KEY (author, contact)
    ) WITHOUT ROWID;
    CREATE TABLE notice (seq INTEGER PRIMARY KEY, code TEXT NOT NULL, at BIGINT NOT NULL)
    """,
    """
    CREATE INDEX outbox_answered ON outbox (position) WHERE state = 'answered'
    """,
    """
    CREATE TABLE replica_key (
        name TEXT PRIMARY KEY, key BLOB NOT NULL, heard_at BIGINT NOT NULL, seen_at BIGINT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    ALTER TABLE outbox ADD COLUMN sitting TEXT NOT NULL DEFAULT '';
    ALTER TABLE outbox ADD COLUMN tag TEXT NOT NULL DEFAULT '';
    CREATE TABLE enrolment (one INTEGER PRIMARY KEY, credential TEXT NOT NULL)
    """,
    """
    CREATE TABLE file_key (one INTEGER PRIMARY KEY, made_at BIGINT NOT NULL, asked_at BIGINT NOT NULL)
    """,
    """
    CREATE TABLE known_person (
        login TEXT PRIMARY KEY, salt BLOB NOT NULL, derived BLOB NOT NULL, session BLOB NOT NULL,
        tries_left INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE kept_house (owner TEXT PRIMARY KEY, rows BLOB NOT NULL);
    CREATE TABLE file_names (one INTEGER PRIMARY KEY, salt BLOB NOT NULL);
    ALTER TABLE known_person ADD COLUMN let_in_at BIGINT NOT NULL DEFAULT 0
    """,
)
"""Statements by version: a file at version n takes the steps after the nth, and never goes back."""


def step_forward(engine: sa.Engine) -> None:
    """Bring a file to the newest version, all missing steps in one transaction."""
    with writing(engine) as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        for statement in (text for step in STEPS[version:] for text in step.split(";")):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version={len(STEPS)}")
