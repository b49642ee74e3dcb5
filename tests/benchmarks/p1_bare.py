"""The bare limit of a pop: look up, insert, read and push, by a few lines in a process of its own.

It is started with a port on which the reader listens; it prints the port it listens on for lines
`NUMBER`, each answered to the reader by one line of JSON.
"""

import json
import socket
import sqlite3
import sys
import tempfile
from pathlib import Path

PERSONS = 10_000
CONTACTS = 10


def main() -> None:
    """Serve one line at a time until the caller goes."""
    with tempfile.TemporaryDirectory() as folder:
        database = _database(Path(folder) / "bare.db")
        reader = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
        reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        door = socket.create_server(("127.0.0.1", 0))
        print(door.getsockname()[1], flush=True)
        line, _ = door.accept()
        with line.makefile("r") as numbers:
            for number in numbers:
                reader.sendall(_pop(database, number.strip()))
        database.close()


def _pop(database: sqlite3.Connection, number: str) -> bytes:
    found = database.execute("SELECT person FROM number WHERE number = ?", (number,)).fetchone()
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO journal VALUES (NULL, ?)", (b"j" * 600,))
    database.execute("INSERT INTO call VALUES (NULL, ?)", (b"c" * 300,))
    database.execute("COMMIT")
    history = database.execute(
        "SELECT * FROM line WHERE person = ? ORDER BY at DESC LIMIT 50", found
    ).fetchall()
    return json.dumps(history).encode() + b"\n"


def _database(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE number (number TEXT PRIMARY KEY, person INTEGER) WITHOUT ROWID;"
        "CREATE TABLE line (person INTEGER, at INTEGER, channel TEXT, note TEXT,"
        " PRIMARY KEY (person, at)) WITHOUT ROWID;"
        "CREATE TABLE journal (position INTEGER PRIMARY KEY, body BLOB);"
        "CREATE TABLE call (position INTEGER PRIMARY KEY, body BLOB); BEGIN;"
    )
    people = range(PERSONS)
    database.executemany("INSERT INTO number VALUES (?, ?)", ((str(one), one) for one in people))
    database.executemany(
        "INSERT INTO line VALUES (?, ?, 'phone', ?)",
        ((one, at, f"Compte rendu pas encore validé, {at}") for one in people for at in range(CONTACTS)),
    )
    database.execute("COMMIT")
    return database


if __name__ == "__main__":
    main()
