"""An exchange written down by hand, on any channel."""

from datetime import datetime, timedelta

import msgspec
import pytest

from app.dispatch import run_command
from app.domain.commands import NoteContact
from app.domain.facts import ContactNoted
from app.domain.words import Channel, Direction
from app.store import tables
from tests.support.scene import MARTINE, MARTINES_NUMBER, MORNING, Scene


def _note(scene: Scene, **values: object) -> NoteContact:
    given: dict[str, object] = {
        "contact": scene.new_id(),
        "channel": Channel.DESK,
        "service": "orthopedie",
        "happened_at": MORNING,
    }
    return NoteContact(**(given | values))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("channel", list(Channel))
def test_a_contact_is_noted_on_any_channel(scene: Scene, channel: Channel) -> None:
    command = _note(scene, channel=channel, person=MARTINE, text="bonjour", direction=Direction.OUTBOUND)
    scene.run(command)
    row = scene.get(tables.contact, id=command.contact)
    assert (row.channel, row.direction, row.person, row.body) == (channel, "outbound", MARTINE, "bonjour")
    assert scene.get(tables.timeline, contact=command.contact).at == MORNING


def test_a_number_written_down_is_kept_as_said_and_normalised(scene: Scene) -> None:
    settled = scene.run(_note(scene, number_raw="06 39 98 00 01"))
    (fact,) = scene.facts(settled)
    assert isinstance(fact, ContactNoted)
    assert (fact.number, fact.number_raw, fact.by) == (MARTINES_NUMBER, "06 39 98 00 01", "c.morvan")


def test_a_contact_noted_twice_is_recorded_once(scene: Scene) -> None:
    command = _note(scene, text="first")
    scene.run(command)
    assert scene.facts(scene.run(_note(scene, contact=command.contact, text="second"))) == ()
    assert scene.get(tables.contact, id=command.contact).body == "first"


def test_an_unknown_service_or_person_is_refused(scene: Scene) -> None:
    no_service = scene.run(_note(scene, service="unheard-of"))
    nobody = scene.run(_note(scene, person=scene.new_id()))
    assert (no_service.refusal, no_service.field) == ("unknown_service", "service")
    assert (nobody.refusal, nobody.field) == ("unknown_person", "person")


def test_a_desk_whose_clock_is_ahead_dates_nothing_after_it_was_told_of(scene: Scene) -> None:
    command = _note(scene, happened_at=MORNING + timedelta(hours=11))
    settled = scene.run(command)
    (fact,) = scene.facts(settled)
    assert isinstance(fact, ContactNoted)
    assert fact.happened_at == scene.entry(settled).at
    assert scene.get(tables.contact, id=command.contact).at == MORNING


def _sent(scene: Scene, command: NoteContact, *, made_at: datetime, sent_at: datetime) -> datetime:
    """When the contact happened, of a command with these two moments of its desk's clock."""
    said = msgspec.structs.replace(scene.envelope(command), made_at=made_at, sent_at=sent_at)
    run_command(scene.engine, scene.establishment, said, desk="desk", clock=scene.clock)
    return scene.get(tables.contact, id=command.contact).at


@pytest.mark.parametrize("off", [timedelta(hours=-2), timedelta(days=-400), timedelta(hours=5)])
def test_what_a_desk_notes_is_dated_by_our_clock_however_wrong_its_own_is(
    scene: Scene, off: timedelta
) -> None:
    ago = timedelta(minutes=10)
    command = _note(scene, happened_at=MORNING + off - ago)
    assert _sent(scene, command, made_at=MORNING + off - ago, sent_at=MORNING + off) == MORNING - ago


def test_a_desk_that_comes_back_after_days_with_a_right_clock_keeps_its_times(scene: Scene) -> None:
    long_ago = MORNING - timedelta(days=9)
    assert _sent(scene, _note(scene, happened_at=long_ago), made_at=long_ago, sent_at=MORNING) == long_ago
