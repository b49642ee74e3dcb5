"""What an administrator types, and how the program starts, ends and fails."""

import json
import subprocess
import time
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from app.domain.commands import OpenPerson
from app.store import tables
from app.store.engine import open_database, writing
from app.store.held import Held
from app.store.held import keep as keep_held
from app.store.kept_messages import keep_message
from app.store.migrations import migrate
from sync.server.auth.desks import enrol
from sync.server.auth.tokens import ACCESS_LIFE
from sync.server.bootstrap.typist import typed_at
from tests.server.serving import (
    CONNECTORS,
    OTHER_TOKEN,
    PASSWORD,
    TOKEN,
    Feed,
    Served,
    end,
    listening,
    serving,
    start,
)
from tests.support.scene import MARTINES_NUMBER, MORNING, QUEUE, Scene

GONE_WITHIN_S = 2.0


def _url(home: Path) -> str:
    return f"sqlite:///{home / 'filrouge.db'}"


def _run(home: Path, *arguments: str, typed: str = "", **settings: str) -> tuple[int, str, str]:
    process = start(settings.pop("url", _url(home)), home, *arguments, **settings)
    out, err = process.communicate(typed, timeout=30)
    return process.returncode, out, err


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation with one establishment."""
    status, _, err = _run(
        tmp_path, "migrate", "--establishment", "chu", "--name", "CHU d’essai", "--short-name", "CHU"
    )
    assert (status, err) == (0, "")
    return tmp_path


def _add_user(home: Path, login: str = "c.morvan") -> tuple[int, str, str]:
    arguments = ("user", "add", login, "--name", "Claire Morvan", "--role", "receptionist", "--service", "s")
    return _run(home, *arguments, typed=f"{PASSWORD}\n")


def test_an_account_is_added_listed_and_disabled(home: Path) -> None:
    assert _add_user(home)[0] == 0
    _, out, _ = _run(home, "user", "list", "--json")
    (listed,) = json.loads(out)
    assert (listed["login"], listed["role"], listed["state"]) == ("c.morvan", "receptionist", "active")
    assert PASSWORD not in out
    assert _run(home, "user", "disable", "c.morvan")[0] == 0
    assert json.loads(_run(home, "user", "list", "--json")[1])[0]["state"] == "disabled"
    status, out, err = _run(home, "user", "disable", "nobody")
    assert (status, out, err) == (1, "", "There is no account nobody.\n")


def test_a_desk_is_listed_and_revoked_and_what_is_held_is_told_without_its_content(home: Path) -> None:
    _add_user(home)
    engine = open_database(_url(home))
    kept = Held(
        command_id="held-1",
        command_kind="NoteContact",
        reason="author_disabled",
        author="c.morvan",
        desk="d",
        received_at=MORNING,
        message=b"{}",
    )
    with engine.begin() as connection:
        desk = enrol(connection, "chu", "c.morvan", now=MORNING).partition(".")[0]
        assert keep_held(connection, "chu", kept)
    engine.dispose()
    assert _run(home, "desk", "revoke", desk)[0] == 0
    (listed,) = json.loads(_run(home, "desk", "list", "--json")[1])
    assert (listed["id"], listed["enrolled_by"], bool(listed["revoked_at"])) == (desk, "c.morvan", True)
    assert _run(home, "desk", "revoke", desk)[::2] == (1, f"There is no desk {desk} to revoke.\n")
    assert _run(home, "desk", "readmit", desk) == (0, f"{desk} hands over again.\n", "")
    assert _run(home, "desk", "readmit", desk)[::2] == (1, f"There is no revoked desk {desk}.\n")
    (again,) = json.loads(_run(home, "desk", "list", "--json")[1])
    assert again["revoked_at"] == ""
    (row,) = json.loads(_run(home, "held", "list", "--json")[1])
    assert (row["command_id"], row["reason"], "message" in row) == ("held-1", "author_disabled", False)
    assert _run(home, "held", "run", "held-2")[::2] == (1, "There is no command held-2 in the list.\n")
    given_up = json.loads(_run(home, "held", "discard", "held-1", "--json")[1])
    assert (given_up["id"], given_up["refusal"]) == ("held-1", "discarded")
    assert json.loads(_run(home, "held", "list", "--json")[1]) == []
    assert _typed(home) == {
        ("desk revoke", desk, typed_at()),
        ("desk readmit", desk, typed_at()),
        ("held discard", "held-1", typed_at()),
        ("user add", "c.morvan", typed_at()),
    }


def _typed(home: Path) -> set[tuple[str, str, str]]:
    """What was typed that is no command: the act, its object, and who typed it where."""
    engine = open_database(_url(home))
    chosen = sa.select(tables.journal).where(tables.journal.c.command_kind.contains(" "))
    with engine.connect() as connection:
        rows = connection.execute(chosen).all()
    engine.dispose()
    return {(row.command_kind, row.field, row.desk) for row in rows}


def test_who_opened_which_record_is_listed_with_why_and_until_when(home: Path) -> None:
    engine = open_database(_url(home))
    glass = {"id": "g", "by": "c.morvan", "person": "p", "protected": "1", "contact": None}
    moments = {"broken_at": MORNING, "until": MORNING + timedelta(hours=1)}
    with writing(engine) as connection:
        row = glass | moments | {"establishment": "chu", "reason": "Le bloc demande sa convocation"}
        connection.execute(sa.insert(tables.glass), row | {"position": 1})
    engine.dispose()
    (access,) = json.loads(_run(home, "access", "list", "--json")[1])
    assert (access["by"], access["person"], access["is_protected"]) == ("c.morvan", "p", "True")
    assert access["reason"] == "Le bloc demande sa convocation"
    status, told, _ = _run(home, "access", "list")
    assert status == 0
    assert "Le bloc demande sa convocation" in told


def test_an_empty_password_adds_nothing(home: Path) -> None:
    arguments = ("user", "add", "x", "--name", "X", "--role", "nurse")
    assert _run(home, *arguments, typed="\n")[::2] == (1, "The password is empty.\n")
    assert json.loads(_run(home, "user", "list", "--json")[1]) == []


def test_a_programs_token_is_told_once_and_taken_back(home: Path) -> None:
    _add_user(home)
    token = json.loads(_run(home, "token", "add", "c.morvan", "--json")[1])["token"]
    process = start(_url(home), home, "serve")
    try:
        url, bearer = f"http://{listening(process)}", {"Authorization": f"Bearer {token}"}
        assert requests.get(f"{url}/v1/snapshot", headers=bearer, timeout=10).status_code == 200
        assert json.loads(_run(home, "token", "revoke", "c.morvan", "--json")[1]) == {"revoked": 1}
        assert requests.get(f"{url}/v1/snapshot", headers=bearer, timeout=10).status_code == 401
    finally:
        end(process)


def test_the_hours_the_place_and_a_notice_are_set_or_refused_by_their_field(tmp_path: Path) -> None:
    engine = open_database(_url(tmp_path))
    migrate(engine)
    scene = Scene(engine)
    assert _run(tmp_path, "hours", "orthopedie", "1-5 08:00-12:00 13:00-18:00")[::2] == (0, "")
    assert _run(tmp_path, "place", "--zone", "Indian/Reunion", "--holidays", "la-reunion")[::2] == (0, "")
    status, _, err = _run(tmp_path, "hours", "orthopedie", "toujours")
    assert (status, err) == (1, "`hours` unreadable: nothing was set.\n")
    title, until = "Parking nord fermé", ("--until", "2099-11-24T13:00")
    status, out, err = _run(tmp_path, "notice", "orthopedie", title, *until, "--topic", "place", "--json")
    ends_at = scene.get(tables.service_notice, id=json.loads(out)["notice"], title=title).ends_at
    assert (status, err, ends_at.day, ends_at.hour) == (0, "", 24, 9)
    status, _, err = _run(tmp_path, "notice", "orthopedie", title * 4, *until)
    assert (status, "$.title" in err, err.endswith(": nothing was set.\n")) == (1, True, True)
    dates = {"consulted_on": "2021-06-11", "informed_on": "2021-06-14", "analysed_on": "2021-06-30"}
    typed = [f"--{name.replace('_', '-')}={day}" for name, day in dates.items()]
    assert _run(tmp_path, "naming", *typed)[::2] == (0, "")
    status, _, err = _run(tmp_path, "naming", *typed, "--informed-on=2099-06-15")
    assert (status, err) == (1, "`informed_on` future: nothing was set.\n")
    status, _, err = _run(tmp_path, "naming", *typed, "--analysed-on=30/06/2021")
    assert (status, "$.analysed_on" in err, err.endswith(": nothing was set.\n")) == (1, True, True)
    kept = scene.get(tables.naming)
    assert {name: getattr(kept, name) for name in dates} == dates
    hours = scene.get(tables.service, id="orthopedie").hours
    assert (hours, scene.get(tables.place).zone) == ("1-5 08:00-12:00 13:00-18:00", "Indian/Reunion")
    engine.dispose()


def test_a_person_is_erased_and_the_journal_says_so(tmp_path: Path) -> None:
    engine = open_database(_url(tmp_path))
    with serving(engine, tmp_path) as (_process, scene, url):
        served = Served(url, scene)
        person = scene.new_person("LEFORT")
        served.send(OpenPerson(person=person, reason="rappel"))
    engine.dispose()
    status, out, _ = _run(tmp_path, "person", "erase", person, "--ground", "request", "--json")
    assert (status, json.loads(out)) == (0, {"erased": person, "position": 2})
    told = json.loads(_run(tmp_path, "journal", "verify", "--json")[1])
    assert told["erased"] == [person]
    status, out, _ = _run(tmp_path, "journal", "verify")
    said = ["2 entries, all as written.", f"{person} was erased, as declared.", f"--anchor {told['anchor']}"]
    assert (status, out.splitlines()) == (0, said)
    status, out, err = _run(tmp_path, "person", "erase", person, "--ground", "request")
    assert (status, out, err) == (1, "", f"There is no person {person}.\n")


def test_the_fictitious_hospital_fills_only_an_empty_database(tmp_path: Path) -> None:
    status, out, _ = _run(tmp_path, "demo-data", "--persons", "20", "--json")
    assert status == 0
    assert json.loads(out)["accounts"] > 3
    assert json.loads(_run(tmp_path, "check", "--json")[1])["ok"]
    status, _, err = _run(tmp_path, "demo-data", "--persons", "20")
    assert (status, err) == (
        1,
        "The database already holds an establishment; demo-data needs an empty one.\n",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FILROUGE_LISTEN", "nowhere"),
        ("FILROUGE_LISTEN", "127.0.0.1:99999"),
        ("FILROUGE_LISTEN", "127.0.0.1:x"),
        ("FILROUGE_LOG_LEVEL", "LOUD"),
        ("FILROUGE_DATABASE_URL", "mysql://x"),
        ("FILROUGE_DATABASE_URL", "nonsense"),
        ("FILROUGE_SERVER", "ftp://x"),
        ("FILROUGE_THEME", "rose"),
        ("FILROUGE_LANGUAGE", "de"),
        ("FILROUGE_LOCK_AFTER", "60"),
        ("FILROUGE_TRUSTED_PROXIES", "127.0.0.1, *"),
        ("FILROUGE_TLS_CERT", "/nowhere.pem"),
        ("FILROUGE_COLOUR", "red"),
    ],
)
def test_a_wrong_or_unknown_setting_stops_with_its_name(tmp_path: Path, name: str, value: str) -> None:
    status, out, err = _run(tmp_path, "serve", **({"url": value} if name.endswith("URL") else {name: value}))
    assert (status, out) == (2, "")
    assert name in err
    assert err.count("\n") == 1


def test_a_wrong_line_in_the_connectors_file_stops_with_its_name(home: Path) -> None:
    (home / "connectors.toml").write_text('[[asterisk]]\nline = "main"\nhots = "x"\n', "utf-8")
    status, _, err = _run(home, "serve")
    assert status == 2
    assert "connectors.toml" in err
    assert err.count("\n") == 1


def _exchange(line: str, token: str) -> str:
    return f'[[cti]]\nline = "{line}"\ntoken = "{token}"\n'


def test_a_wrong_exchange_that_posts_stops_with_a_sentence(home: Path) -> None:
    for written, named in (
        (_exchange("a", "short"), "the token of the line a"),
        ('[[cti]]\nline = "a"\n', "the token of the line a"),
        (_exchange("a", TOKEN) + _exchange("b", TOKEN), "same token"),
        (_exchange("a", TOKEN) + _exchange("a", OTHER_TOKEN), "same name"),
        (_exchange("a", TOKEN) + 'user = "x"\n', "`user`"),
    ):
        (home / "connectors.toml").write_text(written, "utf-8")
        status, _, err = _run(home, "check")
        assert (status, err.count("\n")) == (2, 1), err
        assert named in err
        assert TOKEN not in err


def test_check_tells_how_many_posted_messages_could_not_be_read(home: Path) -> None:
    (home / "connectors.toml").write_text(CONNECTORS, "utf-8")
    establishment = json.loads(_run(home, "check", "--json")[1])["establishment"]
    engine = open_database(f"sqlite:///{next(home.glob('*.db'))}")
    for body in (b"one", b"two"):
        at = datetime(2026, 11, 24, tzinfo=UTC)
        keep_message(engine, establishment, body, line="annexe", field="callId", at=at)
    engine.dispose()
    unread = json.loads(_run(home, "check", "--json")[1])["unread"]
    assert unread == {"annexe": {"callId": 2}, "clinique": {}, "pbx (voicemail)": {}}
    assert "annexe: 2 posted messages could not be read for their `callId`" in _run(home, "check")[1]


def test_check_tells_what_an_exchange_would_refuse(home: Path) -> None:
    nobody = '[[asterisk]]\nline = "standard"\nhost = "127.0.0.1"\nport = 9\nusername = "a"\nsecret = "b"\n'
    (home / "connectors.toml").write_text(nobody, "utf-8")
    (sentence,) = json.loads(_run(home, "check", "--json")[1])["exchanges"]["standard"]
    assert sentence.startswith("the exchange cannot be reached")
    assert f"standard: {sentence}" in _run(home, "check")[1]


def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    nobody = "postgresql://nobody@127.0.0.1:9/none"
    status, _, err = _run(tmp_path, "serve", url=nobody)
    assert (status, err.count("\n")) == (1, 1)
    assert "FILROUGE_DATABASE_URL" in err
    assert "nobody" not in err


def test_a_database_without_establishment_says_what_to_run(tmp_path: Path) -> None:
    status, _, err = _run(tmp_path, "serve")
    assert status == 1
    assert "demo-data" in err


def test_an_address_already_taken_is_a_sentence(home: Path) -> None:
    process = start(_url(home), home, "serve")
    try:
        taken = listening(process)
        status, _, err = _run(home, "serve", FILROUGE_LISTEN=taken)
    finally:
        end(process)
    assert (status, err.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("user",),
        ("backup",),
        ("import",),
        ("person", "export", "x"),
        ("person", "erase", "x"),
        ("serve", "-x"),
    ],
)
def test_bad_usage_is_status_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert _run(tmp_path, *arguments)[0] == 2


@pytest.mark.parametrize(
    "command",
    [
        *(
            "access list",
            "desk readmit",
            "held discard",
            "import",
            "token revoke",
            "user list",
            "user disable",
        ),
        *(
            "serve",
            "migrate",
            "demo-data",
            "user add",
            "token add",
            "person erase",
            "person export",
            "person rectify",
            "person accesses",
            "registre",
            "retention",
            "journal verify",
            "check",
        ),
        *("hours", "place", "naming", "notice", "desk list", "desk revoke", "held list", "held run"),
        *("journal show", "desk rekey", "keys rotate voicemail", "keys rotate numbers"),
    ],
)
def test_every_command_has_help(tmp_path: Path, command: str) -> None:
    status, out, _ = _run(tmp_path, *command.split(), "--help")
    assert status == 0
    assert "usage" in out


@pytest.fixture
def running(
    tmp_path: Path,
) -> Generator[tuple[subprocess.Popen[str], Scene, str]]:
    """A server of this test's own."""
    engine = open_database(_url(tmp_path))
    with serving(engine, tmp_path) as started:
        yield started
    engine.dispose()


def test_a_server_asked_to_stop_says_goodbye_and_is_gone_in_time(
    running: tuple[subprocess.Popen[str], Scene, str],
) -> None:
    process, scene, url = running
    served = Served(url, scene)
    with served.feed("c.morvan") as feed:
        assert feed.next("beat")
        asked = time.monotonic()
        process.terminate()
        assert feed.next("bye").data == {"reason": "server_stopping"}
    status = process.wait(timeout=40)
    assert (status, time.monotonic() - asked < GONE_WITHIN_S) == (0, True)


def test_an_account_disabled_from_the_command_line_is_out_of_its_open_feed(
    running: tuple[subprocess.Popen[str], Scene, str], tmp_path: Path
) -> None:
    _, scene, url = running
    served = Served(url, scene)
    with served.feed("c.morvan") as feed:
        assert _run(tmp_path, "user", "disable", "c.morvan")[0] == 0
        assert served.call("GET", "/v1/snapshot", login="c.morvan").status_code == 401
        assert feed.next("bye").data == {"reason": "access_withdrawn"}


def test_nothing_personal_reaches_the_log(tmp_path: Path) -> None:
    engine = open_database(_url(tmp_path))
    with serving(engine, tmp_path) as (process, scene, url):
        served = Served(url, scene)
        served.play(act="arrive", number=MARTINES_NUMBER, queue=QUEUE)
        served.call("GET", "/v1/persons?q=dubreuil", login="c.morvan")
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE contact RENAME TO elsewhere")
        failed = served.call("GET", "/v1/snapshot", login="c.morvan")
        assert failed.status_code == 503
        assert "contact" not in failed.text
        _, said = end(process)
    engine.dispose()
    assert '"event":' in said
    for personal in ("dubreuil", "DUBREUIL", "0639980001", "639980001", PASSWORD, "morvan"):
        assert personal not in said


def test_a_session_that_expires_ends_its_feed(running: tuple[subprocess.Popen[str], Scene, str]) -> None:
    _, scene, url = running
    served = Served(url, scene)
    served.session("c.morvan")
    with scene.engine.begin() as connection:
        now = datetime.fromisoformat(served.session("c.morvan")["expires_at"]) - ACCESS_LIFE
        soon = now + timedelta(seconds=3)
        connection.execute(sa.update(tables.token).filter_by(use="access").values(expires_at=soon))
    with served.feed("c.morvan") as feed:
        assert feed.next("bye").data == {"reason": "session_expired"}


def test_the_calls_of_a_stopped_server_are_there_when_it_comes_back(tmp_path: Path) -> None:
    engine = open_database(_url(tmp_path))
    with serving(engine, tmp_path) as (_process, scene, url):
        served = Served(url, scene)
        cursor = served.cursor()
        contact = served.play(act="arrive", number=MARTINES_NUMBER, queue=QUEUE)
    process = start(_url(tmp_path), tmp_path, "serve", "--anchor", scene.clock.now().isoformat())
    try:
        again = Served(f"http://{listening(process)}", scene)
        with again.call("GET", "/v1/feed", login="c.morvan", params={"after": cursor}, stream=True) as answer:
            (entry,) = Feed(answer).next("page").data["entries"]
        assert entry["facts"][0]["contact"] == contact
    finally:
        end(process)
    engine.dispose()
