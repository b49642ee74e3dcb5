"""Where a command came from is what the network says, or a proxy that the hospital trusts."""

import json
from pathlib import Path

import msgspec
import pytest

from app.domain.commands import OpenPerson
from app.store import tables
from app.store.engine import open_database
from sync.protocol.messages import to_message
from tests.server.serving import Served, serving
from tests.support.scene import MARTINE

SAID, LOOPBACK, ELSEWHERE = "192.0.2.9", "127.0.0.1", "198.51.100.0/24"


@pytest.mark.parametrize(("trusted", "kept"), [(LOOPBACK, SAID), (ELSEWHERE, LOOPBACK)])
def test_the_word_of_a_proxy_is_taken_only_from_one_that_is_trusted(
    tmp_path: Path, trusted: str, kept: str
) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'filrouge.db'}")
    with serving(engine, tmp_path, FILROUGE_TRUSTED_PROXIES=trusted) as (_process, scene, url):
        served = Served(url, scene)
        envelope = scene.envelope(OpenPerson(person=MARTINE, reason="rappel"), author="c.morvan")
        message = json.loads(msgspec.json.encode(to_message(envelope)))
        answer = served.call(
            "POST",
            "/v1/commands",
            login="c.morvan",
            headers={"X-Forwarded-For": SAID},
            json={"commands": [message]},
        )
        assert [state["state"] for state in answer.json()] == ["done"]
        (row,) = scene.rows(tables.journal_address)
    assert row.address == kept
    engine.dispose()
