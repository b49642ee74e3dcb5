"""The fictitious hospital at the sizes benchmarks ask for, kept between runs."""

import hashlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from platformdirs import user_cache_path

import app.demo
from app.demo.hospital import load
from app.store.engine import create_server_tables, open_database

ANCHOR = datetime(2026, 11, 24, 10, 26, tzinfo=ZoneInfo("Europe/Paris"))
HOUSE = "chsa"
SEED = 1


def hospital_of(persons: int) -> Path:
    """A SQLite file with that many persons, made once for each version of the generator."""
    path = user_cache_path("filrouge", ensure_exists=True) / f"bench-{_version()}-{persons}.db"
    if not path.exists():
        _make(path, persons)
    return path


def fill(engine: sa.Engine, persons: int) -> None:
    """So many persons in a database that has its tables."""
    load(engine, HOUSE, seed=SEED, anchor=ANCHOR, persons=persons)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _make(path: Path, persons: int) -> None:
    unfinished = path.with_suffix(".making")
    unfinished.unlink(missing_ok=True)
    engine = open_database(f"sqlite:///{unfinished}")
    create_server_tables(engine)
    fill(engine, persons)
    engine.dispose()
    unfinished.rename(path)


def _version() -> str:
    """A hash of the generator and of the tables it fills."""
    tables = sorted((Path(app.__path__[0]) / "store").glob("*tables.py"))
    rooms = [*sorted(Path(app.demo.__path__[0]).glob("*")), *tables]
    texts = [room.read_bytes() for room in rooms if room.suffix in (".py", ".txt", ".csv")]
    return hashlib.sha256(b"".join(texts)).hexdigest()[:12]
