"""Opens the database and names what it holds: all that the administrator's commands need."""

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from app.ports import Mint
from app.settings import Settings
from app.store import tables
from app.store.engine import open_database, writing
from app.store.migrations import NewerDatabase, TablesInUse, migrate
from app.store.opening import read_place
from app.store.reading import read_establishments, read_house_words


class NotSetUp(Exception):  # noqa: N818 - it is a sentence for the person who starts the server
    """The database can't be served yet; the message says what to do."""


def open_store(settings: Settings) -> sa.Engine:
    """The database of the settings, its tables brought to this version."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = open_database(settings.database_url)
    try:
        migrate(engine)
    except NewerDatabase as newer:
        engine.dispose()
        raise NotSetUp(
            f"The database is of a newer version (revision {newer}): install that version here."
        ) from newer
    except TablesInUse as busy:
        engine.dispose()
        raise NotSetUp(
            "The tables are in use and were left as they are: try again, or stop the other servers."
        ) from busy
    return engine


def establishments(engine: sa.Engine) -> list[str]:
    """The establishments of this database."""
    with engine.connect() as connection:
        return read_establishments(connection)


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


def moment_there(connection: sa.Connection, establishment: str, typed: datetime | None) -> datetime | None:
    """A moment as it was typed: without a zone it is where the establishment stands."""
    if typed is None or typed.tzinfo:
        return typed
    zone = read_place(connection, establishment).clock
    return typed.replace(tzinfo=zone).astimezone(UTC)


def ensure_epoch(engine: sa.Engine, establishment: str, mint: Mint) -> str:
    """The name of this journal's life, given when it begins."""
    return ensure_word(engine, establishment, "epoch", mint.new_id())


def ensure_word(engine: sa.Engine, establishment: str, name: str, value: str) -> str:
    """One of the establishment's own words, which is this one when it had none."""
    with writing(engine) as connection:
        words = read_house_words(connection, establishment)
        if name not in words:
            set_house_words(connection, establishment, **{name: value})
            words = read_house_words(connection, establishment)
    return words[name]


def set_house_words(connection: sa.Connection, establishment: str, **words: str) -> None:
    """Set the establishment's own words: `name`, `short_name`, `epoch`."""
    for name, value in words.items():
        key = {"establishment": establishment, "name": name}
        connection.execute(sa.delete(tables.house_fact).filter_by(**key))
        connection.execute(sa.insert(tables.house_fact), key | {"value": value})
