"""Keys of the house are changed while it works: what was sealed stays heard, what was cut short goes on."""

import json
import stat
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import requests

from app.store import tables, voicemails
from app.store.engine import open_database
from app.store.migrations import migrate
from app.store.reading import read_house_words
from sync.server.auth.seals import Seal
from sync.server.bootstrap.house import set_house_words
from sync.server.bootstrap.key_changes import AT_ONCE, seal_anew
from sync.server.bootstrap.voicemail_keys import VoicemailKeys
from sync.server.bootstrap.voicemails import KEY_NAME, open_kept
from tests.server.serving import CONNECTORS, VOICEMAIL_TOKEN, Feed, Served, serving, start
from tests.support.scene import MORNING, Scene
from tests.support.stores import EACH_DATABASE, new_url
from tests.support.voicemail import message_text, voicemail_sound

SOUND = voicemail_sound(timedelta(seconds=0.2))
_numbers = count(1000)


class House:
    """A server, its data directory, and what is typed beside it."""

    def __init__(self, served: Served, folder: Path) -> None:
        self.served = served
        self.folder = folder

    def leave_message(self) -> str:
        """Post a voicemail; the contact it is kept under."""
        number = f"+3346571{next(_numbers)}"
        text = message_text(number=number, spoken_at=MORNING, name=number)
        answer = self.served.call(
            "POST",
            f"/hooks/voicemail/{VOICEMAIL_TOKEN}",
            data={"mailbox": "100@default"},
            files={"message": ("msg0000.txt", text), "audio": ("msg0000.wav", SOUND)},
        )
        assert answer.status_code == 200, answer.text
        return next(row.id for row in self.served.scene.rows(tables.contact) if row.number == number)

    def listen(self, contact: str) -> requests.Response:
        """As a desk does."""
        return self.served.call("GET", f"/v1/voicemails/{contact}", login="c.morvan")

    def type(self, *arguments: str) -> tuple[int, str, str]:
        """A command of the administrator's, on the same machine."""
        url = self.served.scene.engine.url.render_as_string(hide_password=False)
        process = start(url, self.folder, *arguments)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def lines(self) -> list[str]:
        """What `voicemail.key` holds."""
        return (self.folder / "voicemail.key").read_text("ascii").split()

    def key_name(self) -> str:
        """Which key the house says it seals with."""
        with self.served.scene.engine.connect() as connection:
            return read_house_words(connection, self.served.scene.establishment)[KEY_NAME]


@pytest.fixture(scope="module", params=EACH_DATABASE)
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[House]:
    folder = tmp_path_factory.mktemp("house")
    engine = open_database(new_url(request, folder))
    (folder / "connectors.toml").write_text(CONNECTORS, "utf-8")
    with serving(engine, folder) as (_process, scene, url):
        yield House(Served(url, scene), folder)
    engine.dispose()


def test_the_key_of_voicemails_is_changed_while_messages_come_and_are_heard(house: House) -> None:
    before = [house.leave_message() for _ in range(3)]
    old = house.lines()
    with ThreadPoolExecutor(2) as several:
        coming = [several.submit(house.leave_message) for _ in range(12)]
        status, out, err = house.type("keys", "rotate", "voicemail", "--json")
        contacts = before + [each.result() for each in coming]
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (house.key_name(), told["unread"]) == (told["key"], 0)
    assert {house.listen(contact).content for contact in contacts} == {SOUND}
    # Of the keys, the new one alone is left there, for nobody else's eyes; the other is put apart.
    assert len(house.lines()) == 1
    assert house.lines() != old
    (apart,) = told["apart"]
    assert Path(apart).read_text("ascii").split() == old
    assert {stat.S_IMODE(path.stat().st_mode) for path in house.folder.glob("*.key")} == {0o600}
    kept = [row for row in house.served.scene.rows(tables.voicemail) if row.contact in contacts]
    (new,) = VoicemailKeys(house.folder).seals()
    assert {new.open(row.sealed, about=row.message) for row in kept} == {SOUND}
    after = house.leave_message()
    assert house.listen(after).content == SOUND


def test_a_key_made_for_the_other_servers_is_the_one_that_is_used(house: House) -> None:
    first = house.leave_message()
    once, again = (house.type("keys", "rotate", "voicemail", "--prepare", "--json")[1] for _ in range(2))
    assert once == again
    assert len(house.lines()) == 2
    assert house.key_name() != json.loads(once)["prepared"]
    assert house.type("keys", "rotate", "voicemail")[0] == 0
    assert house.key_name() == json.loads(once)["prepared"]
    assert house.listen(first).content == SOUND


def test_the_key_of_numbers_is_changed_under_an_open_feed_which_hears_of_it(house: House) -> None:
    before = house.served.snapshot_rows("number_key")
    with house.served.feed("c.morvan") as feed:
        assert house.type("keys", "rotate", "numbers")[0] == 0
        fact = _first_of(feed, "NumberKeyChanged")
    after = house.served.snapshot_rows("number_key")
    assert [row["secret"] for row in after] == [fact["secret"]] != [row["secret"] for row in before]
    pairs = [line["pairs"] for line in house.served.snapshot() if "pairs" in line]
    assert pairs


def _first_of(feed: Feed, kind: str) -> dict[str, str]:
    """What other work of the house tells is passed over."""
    while True:
        for entry in feed.next("page").data["entries"]:
            for fact in entry.get("facts", ()):
                if fact["kind"] == kind:
                    return fact


def test_a_desk_that_nobody_knows_is_not_told_to_change_its_key(house: House) -> None:
    assert house.type("desk", "rekey", "nowhere")[::2] == (1, "There is no desk nowhere.\n")


ROWS = 2 * AT_ONCE + 20


@pytest.fixture(params=EACH_DATABASE)
def sealed(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[tuple[Scene, VoicemailKeys]]:
    """A house that keeps many messages under its first key."""
    engine = open_database(new_url(request, tmp_path))
    migrate(engine)
    scene, keys = Scene(engine), VoicemailKeys(tmp_path)
    first = keys.make_first()
    with engine.begin() as connection:
        set_house_words(connection, scene.establishment, **{KEY_NAME: first.name})
    for n in range(ROWS):
        about = scene.new_id()
        message = voicemails.Sealed(
            contact=scene.new_id(), line="pbx", message=about, at=MORNING, sealed=b"said %d" % n
        )
        sealed_text = first.close(message.sealed, about=about)
        voicemails.keep(engine, scene.establishment, message, seal=lambda _, text=sealed_text: text)
    yield scene, keys
    engine.dispose()


def _said(scene: Scene, keys: VoicemailKeys) -> set[bytes | None]:
    rows = [row for row in scene.rows(tables.voicemail) if row.message]
    return {open_kept(keys, voicemails.Kept(message=row.message, sealed=row.sealed)) for row in rows}


class _Cut(Exception):  # noqa: N818 - the process ends there
    pass


def _cut_after_one(scene: Scene, keys: VoicemailKeys, new: Seal) -> None:
    def cut() -> None:
        raise _Cut

    with pytest.raises(_Cut):
        seal_anew(scene.engine, scene.establishment, keys, new, after_each=cut)


def test_a_change_that_was_cut_short_goes_on_where_it_was_and_all_is_heard_meanwhile(
    sealed: tuple[Scene, VoicemailKeys],
) -> None:
    scene, keys = sealed
    new, said = keys.add(), _said(scene, keys)
    _cut_after_one(scene, keys, new)
    assert _said(scene, keys) == said
    assert len(said) == ROWS
    assert seal_anew(scene.engine, scene.establishment, keys, new) == (ROWS - AT_ONCE, 0)
    keys.retire(but=new.name)
    assert _said(scene, keys) == said


def test_a_key_let_go_before_the_end_is_found_out(sealed: tuple[Scene, VoicemailKeys]) -> None:
    scene, keys = sealed
    new = keys.add()
    _cut_after_one(scene, keys, new)
    keys.retire(but=new.name)
    assert None in _said(scene, keys)
    assert seal_anew(scene.engine, scene.establishment, keys, new) == (0, ROWS - AT_ONCE)


def test_the_old_key_is_never_the_only_place_of_what_a_backup_holds(
    sealed: tuple[Scene, VoicemailKeys], tmp_path: Path
) -> None:
    scene, keys = sealed
    before = {row.message: bytes(row.sealed) for row in scene.rows(tables.voicemail)}
    new = keys.add()
    seal_anew(scene.engine, scene.establishment, keys, new)
    (apart,) = keys.retire(but=new.name)
    # As the page says: the line of the key put apart goes first again, for a backup of before.
    (tmp_path / "voicemail.key").write_text(
        f"{Path(apart).read_text('ascii')}{(tmp_path / 'voicemail.key').read_text('ascii')}", "ascii"
    )
    again = VoicemailKeys(tmp_path)
    told = {open_kept(again, voicemails.Kept(message=name, sealed=body)) for name, body in before.items()}
    assert len(told) == ROWS
    assert None not in told
