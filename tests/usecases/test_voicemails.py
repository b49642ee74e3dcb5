"""What a caller said is told once, on the call it was said in or on a contact of its own."""

from datetime import timedelta

from app.domain.commands import DeleteVoicemail, KeepVoicemail, RegisterVoicemail
from app.domain.facts import ContactNoted, VoicemailKept, VoicemailLeft
from app.domain.words import Channel
from app.store import tables
from tests.support.scene import JEANNE, MORNING, PAUL, QUEUE, SHARED_NUMBER, Scene

LASTED = timedelta(seconds=14)


def test_a_message_that_the_line_told_of_is_only_given_its_sound(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(RegisterVoicemail(contact=contact, at=MORNING), author="line:test")
    told = scene.run(KeepVoicemail(contact=contact, left_at=MORNING, lasted=LASTED), author="line:test")
    assert scene.facts(told) == (VoicemailKept(contact=contact, lasted=LASTED),)
    assert scene.get(tables.contact, id=contact).voicemail_us == 14_000_000


def test_a_message_whose_sound_is_lost_is_still_left(scene: Scene) -> None:
    contact = scene.ring()
    told = scene.run(KeepVoicemail(contact=contact, left_at=MORNING), author="line:test")
    assert scene.facts(told) == (VoicemailLeft(contact=contact, left_at=MORNING),)


def test_a_message_of_no_known_call_names_whoever_may_have_left_it(scene: Scene) -> None:
    contact = scene.new_id()
    kept = KeepVoicemail(
        contact=contact, number_raw=SHARED_NUMBER, queue=QUEUE, left_at=MORNING, lasted=LASTED
    )
    facts = scene.facts(scene.run(kept, author="line:test"))
    noted = next(fact for fact in facts if isinstance(fact, ContactNoted))
    assert set(noted.candidates) == {PAUL, JEANNE}
    row = scene.get(tables.contact, id=contact)
    assert (row.channel, row.service, set(row.candidates.split())) == (
        Channel.VOICEMAIL,
        "orthopedie",
        {PAUL, JEANNE},
    )
    for person in (PAUL, JEANNE):
        assert scene.count(tables.person_scope, person=person, service="orthopedie") == 1


def test_a_deleted_message_stays_known_as_left(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(KeepVoicemail(contact=contact, left_at=MORNING, lasted=LASTED), author="line:test")
    scene.run(DeleteVoicemail(contact=contact), author="job:test")
    row = scene.get(tables.contact, id=contact)
    assert (row.voicemail_at, row.voicemail_us) == (MORNING, None)
    assert scene.run(DeleteVoicemail(contact=scene.new_id()), author="job:test").refusal == "unknown_contact"
