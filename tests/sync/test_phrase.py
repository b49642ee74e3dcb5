"""A desk without a keyring lies under a phrase; one that had a keyring waits for it."""

from pathlib import Path

import pytest

from app.clock import AnchoredClock
from sync.client.credentials import KeyRing, NoKeyring, Throwaway
from sync.client.files import DeskFiles
from sync.client.phrase import DeskKeys, PhraseNeeded, WrongPhrase
from tests.support.scene import MORNING

HOUSE, PHRASE = "chsa", "quatre mots bien choisis"


class _NoKeyring:
    """A machine that keeps nothing."""

    def key_of(self, desk: str) -> bytes:
        raise NoKeyring

    def ring_of(self, desk: str) -> KeyRing | None:
        raise NoKeyring


def _begin(folder: Path, key: bytes) -> None:
    files = DeskFiles(folder / HOUSE, key, AnchoredClock(MORNING))
    files.open_desk().dispose()


def test_a_new_desk_without_a_keyring_asks_a_phrase_and_each_opening_asks_it_again(tmp_path: Path) -> None:
    first = DeskKeys(tmp_path, _NoKeyring())
    with pytest.raises(PhraseNeeded) as asked:
        first.key_of(HOUSE)
    assert (asked.value.desk, asked.value.is_new) == (HOUSE, True)
    first.give(HOUSE, PHRASE)
    _begin(tmp_path, first.key_of(HOUSE))
    second = DeskKeys(tmp_path, _NoKeyring())
    with pytest.raises(PhraseNeeded) as asked:
        second.key_of(HOUSE)
    assert not asked.value.is_new
    second.give(HOUSE, PHRASE)
    assert second.key_of(HOUSE) == first.key_of(HOUSE)


def test_a_wrong_phrase_opens_nothing_and_sets_nothing_aside(tmp_path: Path) -> None:
    keys = DeskKeys(tmp_path, _NoKeyring())
    keys.give(HOUSE, PHRASE)
    _begin(tmp_path, keys.key_of(HOUSE))
    before = (tmp_path / HOUSE / "desk.db").read_bytes()
    again = DeskKeys(tmp_path, _NoKeyring())
    with pytest.raises(WrongPhrase):
        again.give(HOUSE, "une autre phrase, très longue")
    with pytest.raises(PhraseNeeded):
        again.key_of(HOUSE)
    assert (tmp_path / HOUSE / "desk.db").read_bytes() == before
    assert not list(tmp_path.rglob("desk-damaged-*"))


def test_a_desk_that_a_keyring_opens_waits_for_it_and_asks_nothing_else(tmp_path: Path) -> None:
    _begin(tmp_path, Throwaway().key_of(HOUSE))
    with pytest.raises(NoKeyring):
        DeskKeys(tmp_path, _NoKeyring()).key_of(HOUSE)


def test_a_phrase_goes_on_being_asked_where_a_keyring_came_later(tmp_path: Path) -> None:
    keys = DeskKeys(tmp_path, _NoKeyring())
    keys.give(HOUSE, PHRASE)
    _begin(tmp_path, keys.key_of(HOUSE))
    with pytest.raises(PhraseNeeded):
        DeskKeys(tmp_path, Throwaway()).key_of(HOUSE)


def test_a_choice_cut_short_before_anything_was_kept_is_made_again(tmp_path: Path) -> None:
    DeskKeys(tmp_path, _NoKeyring()).give(HOUSE, PHRASE)
    again = DeskKeys(tmp_path, _NoKeyring())
    with pytest.raises(PhraseNeeded) as asked:
        again.key_of(HOUSE)
    assert asked.value.is_new
    again.give(HOUSE, "une autre phrase, très longue")
    assert len(again.key_of(HOUSE)) == 32


def test_two_desks_with_one_phrase_have_two_keys(tmp_path: Path) -> None:
    keys = [DeskKeys(tmp_path / name, _NoKeyring()) for name in ("a", "b")]
    for one in keys:
        one.give(HOUSE, PHRASE)
    assert keys[0].key_of(HOUSE) != keys[1].key_of(HOUSE)
