"""A colleague's mobile is a number for few roles and a mask for the others, live and in a snapshot (R28)."""

import pytest

from app.domain.commands import ImportDirectory
from app.domain.directory import MASKED, DirectoryEntry
from app.domain.words import EntryKind
from app.store.directory_tables import directory_entry
from tests.server.serving import Served

MOBILE = "0639980001"
ROLES = [("c.morvan", MASKED), ("s.haddad", MASKED), ("l.tessier", MOBILE), ("n.bourdin", MOBILE)]


def _listing(served: Served) -> ImportDirectory:
    doctor = DirectoryEntry(
        id=served.scene.new_id(), kind=EntryKind.PERSON, name="Dr SALVI Anne", mobile=MOBILE
    )
    service = DirectoryEntry(
        id=served.scene.new_id(), kind=EntryKind.SERVICE, name="Imagerie, IRM", extension="4312"
    )
    return ImportDirectory(entries=(doctor, service))


@pytest.mark.parametrize(("login", "seen"), ROLES)
def test_the_feed_tells_a_mobile_to_few(served: Served, login: str, seen: str) -> None:
    with served.feed(login) as feed:
        settled = served.scene.run(_listing(served), author="admin")
        entry = feed.entry_of(settled.command_id)
    listed = [fact["entry"] for fact in entry["facts"] if fact["kind"] == "DirectoryEntryListed"]
    assert {one["name"]: one.get("mobile", "") for one in listed} == {
        "Dr SALVI Anne": seen,
        "Imagerie, IRM": "",
    }


@pytest.mark.parametrize(("login", "seen"), ROLES)
def test_a_snapshot_tells_a_mobile_to_few(served: Served, login: str, seen: str) -> None:
    served.scene.run(_listing(served), author="admin")
    rows = served.snapshot_rows(directory_entry.name, login)
    assert {row["name"]: row["mobile"] for row in rows} == {"Dr SALVI Anne": seen, "Imagerie, IRM": ""}
