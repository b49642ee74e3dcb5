"""`/hooks/voicemail` and `/v1/voicemails` on a real server: kept, sealed, linked, listened to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count

import pytest
import requests
import sqlalchemy as sa

from app.domain.commands import (
    ErasePerson,
    IdentifyCaller,
    RegisterCall,
    RegisterEnd,
    RegisterProvisionalPerson,
)
from app.domain.double_commands import MergePersons
from app.domain.ids import Id
from app.domain.words import Channel, Ending, ErasureGround, Protection, Sex
from app.store import tables
from app.store.access_log import LISTENED
from app.store.engine import writing
from tests.server.serving import VOICEMAIL_TOKEN, Served
from tests.support.scene import MORNING, QUEUE, SECRET
from tests.support.voicemail import message_text, voicemail_sound

SOUND = voicemail_sound(timedelta(seconds=1.5))
_numbers = count(6000)


def _fresh_number() -> str:
    """A caller whom no other test knows."""
    return f"+3346571{next(_numbers)}"


def _call(served: Served, number: str, at: datetime = MORNING) -> Id:
    """A call that nobody answers, which lasts a minute."""
    scene, contact = served.scene, served.scene.new_id()
    rang = RegisterCall(contact=contact, line="pbx", queue=QUEUE, number_raw=number, arrived_at=at)
    scene.run(rang, author="line:pbx")
    ended = RegisterEnd(contact=contact, ending=Ending.MISSED, at=at + timedelta(minutes=1))
    scene.run(ended, author="line:pbx")
    return contact


def _post(
    served: Served,
    text: bytes,
    *,
    audio: bytes = SOUND,
    mailbox: str = "100@default",
    token: str = VOICEMAIL_TOKEN,
) -> requests.Response:
    return served.call(
        "POST",
        f"/hooks/voicemail/{token}",
        data={"mailbox": mailbox},
        files={"message": ("msg0000.txt", text), "audio": ("msg0000.wav", audio)},
    )


def _left(number: str, *, seconds: int = 20) -> bytes:
    """One message a number and a moment."""
    return message_text(number=number, spoken_at=MORNING + timedelta(seconds=seconds), name=number)


def _of_number(served: Served, number: str) -> list[sa.Row[tuple[object, ...]]]:
    found = [row for row in served.scene.rows(tables.contact) if row.number == number]
    return sorted(found, key=lambda row: row.at)


def _kept(served: Served, contact: Id) -> list[sa.Row[tuple[object, ...]]]:
    return [row for row in served.scene.rows(tables.voicemail) if row.contact == contact]


def _listen(served: Served, contact: Id, login: str = "c.morvan") -> requests.Response:
    return served.call("GET", f"/v1/voicemails/{contact}", login=login)


def _readings(served: Served, contact: Id) -> list[tuple[str, str]]:
    rows = served.scene.rows(tables.access_log)
    return [(row.author, row.person) for row in rows if row.act == LISTENED and row.contact == contact]


def test_what_was_said_is_linked_to_its_call_and_listened_to_by_its_desk(served: Served) -> None:
    number = _fresh_number()
    contact = _call(served, number)
    answer = _post(served, _left(number))
    assert (answer.status_code, answer.json()) == (200, {}), answer.text
    (row,) = _of_number(served, number)
    assert (row.id, row.channel, row.voicemail_us) == (contact, Channel.PHONE, 1_500_000)
    heard = _listen(served, contact)
    assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/wav")
    assert heard.headers["cache-control"] == "no-store"
    assert heard.content == SOUND
    assert _readings(served, contact) == [("c.morvan", "")]


def test_what_was_said_is_nowhere_readable_on_the_server(served: Served) -> None:
    contact = _call(served, number := _fresh_number())
    _post(served, _left(number))
    (row,) = _kept(served, contact)
    heart = SOUND[60:90]
    assert heart in SOUND
    assert heart not in row.sealed
    bodies = [each.body for each in served.scene.rows(tables.journal_body)]
    assert any(contact.encode() in body for body in bodies)
    assert not any(heart in body for body in bodies)
    assert "voicemail" not in served.snapshot()[0]["columns"]


def test_a_message_whose_call_no_line_told_is_a_contact_of_its_own_with_its_candidates(
    served: Served,
) -> None:
    number = _fresh_number()
    _post(served, _left(number))
    (row,) = _of_number(served, number)
    assert (row.channel, row.direction, row.service) == (Channel.VOICEMAIL, "inbound", "orthopedie")
    assert row.at == MORNING + timedelta(seconds=20)
    assert _listen(served, row.id).content == SOUND


def test_a_call_is_told_from_the_next_of_its_number_by_the_moment_or_by_its_linkedid(served: Served) -> None:
    number = _fresh_number()
    first, second = (_call(served, number, MORNING + timedelta(seconds=at)) for at in (0, 30))
    started = int((MORNING + timedelta(seconds=30)).timestamp())
    text = message_text(
        number=number,
        spoken_at=MORNING + timedelta(seconds=40),
        name=number,
        category=f"{started}.12",
    )
    _post(served, text)
    assert (_kept(served, first), len(_kept(served, second))) == ([], 1)
    _post(served, _left(number, seconds=80))
    assert [row.channel for row in _of_number(served, number) if row.voicemail_us] == ["phone", "voicemail"]


def test_two_callers_who_hide_their_number_are_not_mistaken_for_each_other(served: Served) -> None:
    at = MORNING - timedelta(hours=5)
    hidden = {_call(served, "anonymous", at), _call(served, "anonymous", at + timedelta(seconds=5))}
    spoken = at + timedelta(seconds=20)
    _post(served, message_text(number="anonymous", spoken_at=spoken, name="hidden"))
    kept = {row.contact for row in served.scene.rows(tables.voicemail)}
    assert kept.isdisjoint(hidden)


def test_a_message_handed_over_again_and_again_at_once_is_one(served: Served) -> None:
    contact = _call(served, number := _fresh_number())
    text = _left(number)
    with ThreadPoolExecutor(4) as several:
        answers = [several.submit(_post, served, text) for _ in range(12)]
        assert {answer.result().status_code for answer in answers} == {200}
    assert len(_kept(served, contact)) == len(_of_number(served, number)) == 1


@pytest.mark.parametrize(
    ("spoiled", "field"),
    [
        ({"text": b"[message]\ncallerid=1\n"}, "origtime"),
        ({"text": b"no section"}, "message"),
        ({"text": b""}, "message"),
        ({"mailbox": "999@default"}, "mailbox"),
        ({"audio": SOUND[:30]}, "audio"),
        ({"audio": b""}, "audio"),
        ({"audio": SOUND.replace(b"WAVE", b"EVIL")}, "audio"),
    ],
    ids=["no moment", "no section", "nothing", "another mailbox", "cut", "no sound", "no wave"],
)
def test_what_cannot_be_read_is_answered_by_its_field(
    served: Served, spoiled: dict[str, bytes | str], field: str
) -> None:
    number = _fresh_number()
    words = {"text": _left(number)} | spoiled
    text = words.pop("text")
    assert isinstance(text, bytes)
    for _ in range(2):
        answer = _post(served, text, **words)  # pyright: ignore[reportArgumentType] - the parameters above
        assert (answer.status_code, answer.json()["field"]) == (400, field)
        assert f"`{field}`" in answer.json()["detail"]
    assert len(_of_number(served, number)) == (field == "audio")


def test_a_message_that_cannot_be_played_is_still_a_caller_and_is_kept(served: Served) -> None:
    contact = _call(served, number := _fresh_number())
    _post(served, _left(number), audio=b"GSM of old")
    row = served.scene.get(tables.contact, id=contact)
    assert (row.voicemail_at is not None, row.voicemail_us) == (True, None)
    assert [each.field for each in _kept(served, contact)] == ["audio"]
    assert _listen(served, contact).status_code == 404


def test_what_is_no_form_is_refused_and_a_wrong_secret_opens_nothing(served: Served) -> None:
    path = f"/hooks/voicemail/{VOICEMAIL_TOKEN}"
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x"):
        answer = served.call("POST", path, headers={"Content-Type": kind}, data=b"\xff\x00oops")
        assert (answer.status_code, "field" in answer.json()) == (400, True)
    before = served.scene.count(tables.voicemail)
    number = _fresh_number()
    answer = _post(served, _left(number), token="no-such-secret-of-anybody")
    assert (answer.status_code, answer.json()["field"]) == (404, "token")
    assert served.scene.count(tables.voicemail) == before


def test_another_service_nobody_and_administrators_hear_nothing(served: Served) -> None:
    contact = _call(served, number := _fresh_number())
    _post(served, _left(number))
    assert _listen(served, contact, "h.lambert").status_code == 404
    assert _listen(served, contact, "admin").status_code == 403
    assert served.call("GET", f"/v1/voicemails/{contact}").status_code == 401
    assert _listen(served, served.scene.new_id()).status_code == 404
    assert _listen(served, "not-an-id").status_code == 400
    assert _readings(served, contact) == []


def test_a_protected_caller_is_heard_by_those_who_may_know_of_her(served: Served) -> None:
    contact = _call(served, number := _fresh_number())
    _post(served, _left(number))
    served.scene.run(IdentifyCaller(contact=contact, person=SECRET), author="s.haddad")
    assert _listen(served, contact).status_code == 404
    assert _listen(served, contact, "s.haddad").content == SOUND
    assert _readings(served, contact) == [("s.haddad", SECRET)]


def test_a_caller_merged_into_a_record_that_is_protected_since_is_protected_too(served: Served) -> None:
    contact, absorbed = _call(served, number := _fresh_number()), served.scene.new_id()
    kept = served.scene.new_id()
    _post(served, _left(number))
    for person in (absorbed, kept):
        _write_down(served, person)
    served.scene.run(IdentifyCaller(contact=contact, person=absorbed), author="s.haddad")
    served.scene.run(MergePersons(person=absorbed, into=kept), author="s.haddad")
    assert _listen(served, contact).content == SOUND
    _protect(served, kept)
    assert _listen(served, contact).status_code == 404
    assert _listen(served, contact, "s.haddad").content == SOUND


def _protect(served: Served, person: Id) -> None:
    """As the hospital's record does: no command of ours protects anybody."""
    with writing(served.scene.engine) as connection:
        connection.execute(
            sa.update(tables.person)
            .where(tables.person.c.id == person)
            .values(protection=Protection.PROTECTED.value)
        )


def _write_down(served: Served, person: Id) -> None:
    told = RegisterProvisionalPerson(
        person=person,
        birth_name="VASSEUR",
        first_given_name="Odile",
        birth_date="1971-02-03",
        sex=Sex.FEMALE,
        number_raw=_fresh_number(),
        service="orthopedie",
    )
    assert served.scene.run(told, author="s.haddad").refusal == ""


def test_erasing_a_person_deletes_what_she_said_and_it_does_not_come_back(served: Served) -> None:
    contact = _call(served, number := _fresh_number())
    text = _left(number)
    _post(served, text)
    person = served.scene.new_person("LEFEVRE")
    served.scene.run(IdentifyCaller(contact=contact, person=person))
    assert len(_kept(served, contact)) == 1
    erased = served.scene.run(ErasePerson(person=person, ground=ErasureGround.RETENTION), author="dpo")
    assert erased.refusal == ""
    assert _kept(served, contact) == []
    sizes = served.scene.count(tables.voicemail)
    assert _post(served, text).status_code == 200
    assert served.scene.count(tables.voicemail) == sizes
