"""The desk's key in a real Secret Service: kept from one session to the next, changed, and never in clear."""

from pathlib import Path

import pytest

from sync.client.rekeying import opens
from tests.sync.secret_service import in_a_session

pytestmark = [pytest.mark.keyring, pytest.mark.slow, pytest.mark.timeout(120)]
USER = "tests.sync.keyring_user"


def test_the_key_is_kept_by_the_session_s_keyring_and_changed_there(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    first, one = in_a_session(tmp_path, USER, str(desk), "save")
    second, *two = in_a_session(tmp_path, USER, str(desk), "rekey")
    third, *three = in_a_session(tmp_path, USER, str(desk), "save")
    assert first != second == third
    assert (two[0], three[:2], len(three)) == (one, two, 3)
    precious = desk / "desk.db"
    assert [opens(precious, bytes.fromhex(key)) for key in (first, third)] == [False, True]
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not any(kept in written for key in (first, third) for kept in (key.encode(), bytes.fromhex(key)))


def test_a_session_without_a_keyring_gets_no_file(tmp_path: Path) -> None:
    assert in_a_session(tmp_path, USER, str(tmp_path / "desk"), "save", is_open=False) == ["no keyring"]
    assert not (tmp_path / "desk").exists()
