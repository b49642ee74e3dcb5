"""What an Asterisk runs after each message: nothing leaves the exchange that Filrouge has not kept."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "installers/voicemail/filrouge-voicemail"
KEEPS = 'for each; do case $each in message=@*) cat "${each#message=@}" >>"$KEPT" ;; esac; done\n'
RENUMBERS = """
for of in txt wav; do [ ! -e "$INBOX/msg0001.$of" ] || mv "$INBOX/msg0001.$of" "$INBOX/msg0000.$of"; done
"""
"""What the exchange does, while the first message is on its way, for who deletes it by telephone."""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    made = tmp_path / "spool/default/100/INBOX"
    made.mkdir(parents=True)
    for at, said in enumerate(("first", "second")):
        (made / f"msg{at:04}.txt").write_text(f"msg_id={said}\n")
        (made / f"msg{at:04}.wav").write_text(said)
    return made


def _run(inbox: Path, curl: str) -> tuple[int, list[str]]:
    """Its status, and the messages that were kept."""
    programs, kept = inbox.parents[3] / "bin", inbox.parents[3] / "kept"
    programs.mkdir()
    for name, text in (("curl", curl), ("logger", "")):
        (programs / name).write_text(f"#!/bin/sh\n{text}")
        (programs / name).chmod(0o755)
    known = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "ASTERISK_VOICEMAIL": str(inbox.parents[2]),
        "INBOX": str(inbox),
        "KEPT": str(kept),
    }
    run = subprocess.run(
        ["sh", str(SCRIPT), "default", "100"], env=os.environ | known, check=False, timeout=30
    )
    return run.returncode, kept.read_text().splitlines() if kept.exists() else []


def test_what_was_kept_leaves_the_exchange(inbox: Path) -> None:
    assert _run(inbox, KEEPS) == (0, ["msg_id=first", "msg_id=second"])
    assert list(inbox.iterdir()) == []


def test_what_was_not_kept_stays(inbox: Path) -> None:
    assert _run(inbox, "exit 22") == (1, [])
    assert len(list(inbox.iterdir())) == 4


def test_a_message_that_took_the_number_of_another_meanwhile_is_kept_before_it_leaves(inbox: Path) -> None:
    status, kept = _run(inbox, KEEPS + RENUMBERS)
    assert (status, set(kept)) == (0, {"msg_id=first", "msg_id=second"})
    assert list(inbox.iterdir()) == []
