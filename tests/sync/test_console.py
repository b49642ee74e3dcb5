"""The console's end against a real server, through a wire that can be cut."""

import random
import resource
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from app.clock import AnchoredClock, TimeOrderedMint
from app.domain.commands import (
    IdentifyCaller,
    JoinCase,
    LogMotive,
    NoteContact,
    PartCase,
    PublishNotice,
    RegisterProvisionalPerson,
    SetNaming,
    WithdrawMotive,
    WithdrawNotice,
)
from app.domain.errors import Refusal
from app.domain.words import Channel, Outcome, Proof, Sex
from app.queries.board import board
from app.queries.notices import read_notices
from app.store import journal, tables
from sync.client.console import Console
from sync.client.credentials import Throwaway
from sync.client.files import DeskFull
from sync.client.replica import Replica
from sync.client.server import SignInRefused, Unreachable
from sync.protocol.messages import BEAT_SECONDS, SILENCE_SECONDS
from tests.server.serving import PASSWORD, Served
from tests.support.proxy import Proxy
from tests.support.scene import MARTINE, MORNING, QUEUE
from tests.sync.people import SOON_S, Person, SitDown, note_of, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]


def _motive(note: NoteContact) -> LogMotive:
    return LogMotive(contact=note.contact, motive="11", outcome=Outcome.DEALT_WITH, service=note.service)


def _salt(replica: Path) -> bytes:
    """What an encrypted file begins with, its own; a new file may take an old one's name."""
    with suppress(FileNotFoundError):
        return replica.read_bytes()[:16]
    return b""


def _times_in_journal(store: sa.Engine, establishment: str, command_id: str) -> int:
    with store.connect() as connection:
        entries = journal.read_entries(connection, establishment, after=0, most=100_000)
    return [entry.command_id for entry in entries].count(command_id)


def test_what_one_console_saves_the_other_sees(sit_down: SitDown) -> None:
    first, second = sit_down("c.morvan"), sit_down("s.haddad")
    note = note_of(first.console)
    command_id = first.console.submit(note).result(SOON_S)
    assert first.contact(note.contact).body == note.text
    first.until_settled(command_id)
    second.until(lambda: any(note.contact in c.contacts for c in second.changes), "never seen")
    assert second.contact(note.contact).by == "c.morvan"
    first.until(lambda: first.links[-1].waiting == 0, "still waiting")


def test_a_cut_wire_stops_nobody_and_the_server_has_it_once(
    sit_down: SitDown, proxy: Proxy, store: sa.Engine
) -> None:
    person = sit_down("c.morvan")
    proxy.cut()
    person.until(lambda: not person.links[-1].is_online, "never offline")
    note = note_of(person.console)
    ids = [person.console.submit(command).result(SOON_S) for command in (note, _motive(note))]
    assert person.contact(note.contact).motive == "11"
    assert person.links[-1].waiting == 2
    assert person.links[-1].offline_since is not None
    proxy.restore()
    for command_id in ids:
        person.until_settled(command_id)
    establishment = person.console.session.establishment
    assert [_times_in_journal(store, establishment, one) for one in ids] == [1, 1]
    assert person.contact(note.contact).motive == "11"


def test_a_person_written_down_offline_is_found_here_at_once_and_everywhere_afterwards(
    sit_down: SitDown, proxy: Proxy
) -> None:
    first, second = sit_down("c.morvan"), sit_down("s.haddad")
    proxy.cut()
    first.until(lambda: not first.links[-1].is_online, "never offline")
    told = RegisterProvisionalPerson(
        person=TimeOrderedMint().new_id(),
        birth_name="Le Goaziou",
        first_given_name="Anne-Lise",
        birth_date="1988-05-12",
        sex=Sex.FEMALE,
        number_raw="06 39 98 00 78",
        service="orthopedie",
    )
    command_id = first.console.submit(told).result(SOON_S)
    assert first.found("goaziou lise") == first.found("gaoziou") == [told.person]
    assert second.found("goaziou lise") == []
    proxy.restore()
    first.until_settled(command_id)
    second.until(lambda: second.found("goaziou lise") == [told.person], "never held")
    assert first.found("06 39 98 00 78") == [told.person]


def test_two_who_qualify_the_same_contact_lose_neither_version(
    sit_down: SitDown, proxy: Proxy, store: sa.Engine
) -> None:
    late, soon = sit_down("c.morvan"), sit_down("s.haddad")
    note = note_of(soon.console)
    soon.until_settled(soon.console.submit(note).result(SOON_S))
    late.until(lambda: any(note.contact in c.contacts for c in late.changes), "never seen")
    proxy.cut()
    for one in (late, soon):
        one.until(lambda one=one: not one.links[-1].is_online, "never offline")
    first = msgspec.structs.replace(_motive(note), note="Bon envoyé par courrier", over=None)
    second = msgspec.structs.replace(_motive(note), note="Fille à prévenir", motive="25", over=None)
    soons, lates = (one.console.submit(save).result(SOON_S) for one, save in ((soon, first), (late, second)))
    assert late.contact(note.contact).note == "Fille à prévenir"
    proxy.restore()
    soon.until_settled(soons)
    late.until_settled(lates)
    overtaken = {
        who: [one.overtaken for one in who.console.sendings().result(SOON_S)] for who in (late, soon)
    }
    (kept,) = [save for saves in overtaken.values() for save in saves]
    assert kept is not None
    standing = late.contact(note.contact)
    assert {standing.note, kept.note} == {"Bon envoyé par courrier", "Fille à prévenir"}
    assert standing.log in (soons, lates)
    with store.connect() as connection:
        entries = journal.read_entries(connection, late.console.session.establishment, after=0, most=100_000)
    told = [getattr(fact, "note", "") for entry in entries for fact in entry.facts]
    assert {"Bon envoyé par courrier", "Fille à prévenir"} <= set(told)


def test_a_save_undone_before_it_was_sent_never_leaves(
    sit_down: SitDown, proxy: Proxy, store: sa.Engine
) -> None:
    person = sit_down("c.morvan")
    note = note_of(person.console)
    person.until_settled(person.console.submit(note).result(SOON_S))
    proxy.hold()
    # The pump may hold one batch already: what is saved behind it was surely not sent.
    person.console.submit(note_of(person.console)).result(SOON_S)
    time.sleep(0.2)
    log = person.console.submit(_motive(note)).result(SOON_S)
    person.console.submit(WithdrawMotive(contact=note.contact, log=log)).result(SOON_S)
    assert person.contact(note.contact).motive == ""
    proxy.restore()
    person.until(lambda: person.links[-1].waiting == 0, "still waiting")
    assert _times_in_journal(store, person.console.session.establishment, log) == 0


def test_a_refusal_becomes_an_item_that_is_dismissed(sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    lost = _motive(note_of(person.console))
    command_id = person.console.submit(lost).result(SOON_S)
    person.until_settled(command_id)
    [item] = person.console.sendings().result(SOON_S)
    assert (item.command, item.refusal, item.field) == (command_id, "unknown_contact", "contact")
    person.console.dismiss(command_id).result(SOON_S)
    assert person.console.sendings().result(SOON_S) == []


def test_a_rule_that_says_no_here_sends_nothing(sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    contact = note_of(person.console).contact
    doubtful = IdentifyCaller(contact=contact, person=MARTINE, proofs=(Proof.BIRTH_DATE,))
    with pytest.raises(Refusal, match="proofs_insufficient"):
        person.console.submit(doubtful).result(SOON_S)
    assert person.links[-1].waiting == 0


def test_a_call_of_this_extension_is_told_with_it(sit_down: SitDown, served: Served) -> None:
    person = sit_down("c.morvan")
    queue = QUEUE
    contact = served.play(act="arrive", queue=queue, number="+33639980123")
    served.play(act="ring", contact=contact, extension="4101")
    person.until(lambda: any("4101" in c.extensions for c in person.changes), "it did not ring")
    assert person.contact(contact).extension == "4101"


def test_a_draft_is_kept_until_it_is_saved(sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    note = note_of(person.console)
    person.console.submit(note).result(SOON_S)
    person.console.save_draft(note.contact, b'{"note":"..."}').result(SOON_S)
    assert person.console.draft(note.contact).result(SOON_S) == b'{"note":"..."}'
    person.console.submit(_motive(note)).result(SOON_S)
    assert person.console.draft(note.contact).result(SOON_S) is None


def test_a_console_that_comes_back_goes_on_where_it_was(sit_down: SitDown, proxy: Proxy) -> None:
    person = sit_down("c.morvan")
    proxy.cut()
    note = note_of(person.console)
    command_id = person.console.submit(note).result(SOON_S)
    person.console.stop()
    proxy.restore()
    again = sit_down("c.morvan", is_new=False)
    assert again.contact(note.contact).body == note.text
    again.until_settled(command_id)


def test_a_damaged_replica_is_built_again_and_nothing_is_lost(sit_down: SitDown, tmp_path: Path) -> None:
    person = sit_down("c.morvan")
    note = note_of(person.console)
    person.until_settled(person.console.submit(note).result(SOON_S))
    person.console.stop()
    [replica] = tmp_path.glob("c.morvan/*/replica-*.db")
    salt = _salt(replica)
    with replica.open("r+b") as file:
        file.seek(replica.stat().st_size // 8192 * 4096)
        file.write(bytes(4096))

    def is_replaced() -> bool:
        return salt not in map(_salt, tmp_path.glob("c.morvan/*/replica-*.db"))

    again = sit_down("c.morvan")
    # Unless the door itself met the damage, the whole file is read on a thread of its own, after it.
    again.until(is_replaced, "the damaged replica is kept")
    assert again.contact(note.contact).service == note.service


def test_a_save_that_a_damaged_replica_says_it_has_no_memory_for_is_kept_and_sent(
    sit_down: SitDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = sit_down("c.morvan")
    note = note_of(person.console)

    def show(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as damaged:
        damaged.setattr(Replica, "show", show)
        kept = person.console.submit(note).result(SOON_S)
    person.until_settled(kept)
    person.until(lambda: person.contact(note.contact) is not None, "the replica is not built again")
    assert person.contact(note.contact).service == note.service


def test_past_three_days_without_the_server_what_is_known_of_persons_is_erased(
    sit_down: SitDown, proxy: Proxy, tmp_path: Path
) -> None:
    person = sit_down("c.morvan")
    note = note_of(person.console)
    person.until_settled(person.console.submit(note).result(SOON_S))
    [before] = tmp_path.glob("c.morvan/*/replica-*.db")
    proxy.cut()
    person.until(lambda: not person.links[-1].is_online, "never offline")
    person.clock.ahead = timedelta(hours=71)
    assert person.contact(note.contact) is not None
    person.clock.ahead = timedelta(hours=73)
    person.until(lambda: person.links[-1].is_erased, "never erased")
    assert person.contact(note.contact) is None
    assert not before.exists()
    kept = person.console.submit(note_of(person.console)).result(SOON_S)
    assert person.links[-1].waiting == 1
    proxy.restore()
    person.until_settled(kept)
    person.until(lambda: not person.links[-1].is_erased, "still erased")
    assert person.contact(note.contact) is not None


@pytest.mark.slow
def test_a_wire_that_says_nothing_for_fifteen_seconds_is_given_up(sit_down: SitDown, proxy: Proxy) -> None:
    person = sit_down("c.morvan")
    proxy.hold()
    began = time.monotonic()
    person.until(lambda: not person.links[-1].is_online, "it waits for ever", within=SILENCE_SECONDS + 5)
    assert time.monotonic() - began > SILENCE_SECONDS - BEAT_SECONDS - 1
    proxy.restore()
    person.until(lambda: person.links[-1].is_online, "never back")


@pytest.mark.parametrize("wire", ["cut", "hold", "restore"])
def test_a_console_stops_within_two_seconds_whatever_the_wire(
    wire: str, sit_down: SitDown, proxy: Proxy
) -> None:
    person = sit_down("c.morvan")
    getattr(proxy, wire)()
    person.console.submit(note_of(person.console)).result(SOON_S)
    began = time.monotonic()
    person.console.stop()
    assert time.monotonic() - began < 2


def test_a_wrong_password_is_the_server_s_sentence(tmp_path: Path, proxy: Proxy) -> None:
    console = _unused(tmp_path, proxy.url)
    with pytest.raises(SignInRefused) as refused:
        console.sign_in("h.lambert", "pas celui-là")
    assert "mot de passe" in refused.value.sentence
    assert refused.value.field == "password"


def test_a_server_that_is_away_is_unreachable(tmp_path: Path, proxy: Proxy) -> None:
    proxy.cut()
    with pytest.raises(Unreachable):
        _unused(tmp_path, proxy.url).sign_in("h.lambert", PASSWORD)


def _unused(folder: Path, address: str) -> Console:
    return Console(
        address,
        folder,
        keys=Throwaway(),
        clock=AnchoredClock(MORNING),
        mint=TimeOrderedMint(),
        chance=random.Random(7),
        on_changes=lambda _changes: None,
        on_link=lambda _state: None,
    )


@contextmanager
def _full_disk() -> Generator[None]:
    """No file of this process may grow past a page."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_console_on_a_full_disk_says_so_and_opens_once_there_is_room(
    served: Served, tmp_path: Path
) -> None:
    console = _unused(tmp_path, served.url)
    console.sign_in("c.morvan", PASSWORD)
    with _full_disk(), pytest.raises(DeskFull):
        console.start()
    console.start()
    note = note_of(console)
    assert console.submit(note).result(SOON_S)
    console.stop()


def test_a_session_that_ended_for_good_goes_on_with_the_password(served: Served, sit_down: SitDown) -> None:
    me = sit_down("h.lambert")
    with served.scene.engine.begin() as connection:
        connection.execute(sa.delete(tables.token).filter_by(login="h.lambert"))
    me.until(lambda: me.links[-1].is_signed_out, "never told", within=BEAT_SECONDS + SOON_S)
    saved = me.console.submit(
        NoteContact(
            contact=served.scene.new_id(), channel=Channel.DESK, service="standard", happened_at=MORNING
        )
    ).result(SOON_S)
    with pytest.raises(SignInRefused):
        me.console.sign_in_again("not the password")
    me.console.sign_in_again(PASSWORD)
    me.until_settled(saved)
    me.until(lambda: me.links[-1].is_online and not me.links[-1].is_signed_out, "never online again")
    assert served.scene.get(tables.journal, command_id=saved).author == "h.lambert"


def test_what_is_joined_here_is_parted_by_the_id_of_its_command(sit_down: SitDown) -> None:
    person = sit_down("c.morvan")
    first, second = note_of(person.console), note_of(person.console)
    for note in (first, second):
        named = msgspec.structs.replace(note, person=MARTINE)
        person.until_settled(person.console.submit(named).result(SOON_S))
    opened = msgspec.structs.replace(_motive(first), case=TimeOrderedMint().new_id(), case_title="IRM")
    person.until_settled(person.console.submit(opened).result(SOON_S))
    joining = JoinCase(case=opened.case or "", contacts=(second.contact,))
    act = person.console.submit(joining).result(SOON_S)
    assert person.contact(second.contact).case_id == opened.case
    person.until_settled(act)
    assert person.contact(second.contact).joined_by == act
    person.until_settled(person.console.submit(PartCase(case=joining.case, act=act)).result(SOON_S))
    assert person.contact(second.contact).case_id is None


def test_the_dates_that_name_agents_reach_the_desks_and_leave_them(sit_down: SitDown, served: Served) -> None:
    supervisor = sit_down("n.bourdin")
    past = MORNING.date() - timedelta(days=1)

    def is_naming() -> bool:
        ask = supervisor.console.ask
        return (
            ask(lambda at, house: board(at, house, now=MORNING, is_manager=True)).result(SOON_S).named
            is not None
        )

    assert not is_naming()
    dated = SetNaming(consulted_on=past, informed_on=past, analysed_on=past)
    served.scene.run(dated, author="filrouge-server")
    try:
        supervisor.until(is_naming, "nobody is named")
    finally:
        served.scene.run(SetNaming(consulted_on=past, informed_on=past), author="filrouge-server")
    supervisor.until(lambda: not is_naming(), "still named")


def test_a_notice_reaches_the_desks_of_its_service_and_a_receptionist_publishes_none(
    sit_down: SitDown,
) -> None:
    supervisor, desk = sit_down("n.bourdin"), sit_down("c.morvan")
    mint = TimeOrderedMint()
    told = PublishNotice(
        notice=mint.new_id(),
        service="orthopedie",
        title="IRM : retard",
        ends_at=MORNING + timedelta(days=9999),
    )

    def titles(at: Person) -> list[str]:
        read = partial(read_notices, services=("orthopedie",), now=MORNING)
        return [one.title for one in at.console.ask(read).result(SOON_S)]

    with pytest.raises(Refusal, match="not_allowed"):
        desk.console.submit(told).result(SOON_S)
    supervisor.console.submit(told).result(SOON_S)
    desk.until(lambda: titles(desk) == [told.title], "never told")
    late = sit_down("s.haddad")
    late.until(lambda: titles(late) == [told.title], "not in the first replica")
    supervisor.console.submit(WithdrawNotice(notice=told.notice)).result(SOON_S)
    desk.until(lambda: not titles(desk), "still told")
