"""What the call page shows at ring, on the mock-ups' own call."""

from datetime import timedelta

import sqlalchemy as sa

from app.demo.martine import NUMBER
from app.domain.words import Channel, NumberKind
from app.queries.call_rows import current_call, is_only_told
from app.queries.caller_card import CallerCard, Repeat, caller_card
from app.queries.number_lookup import persons_of_number
from app.store import tables
from tests.queries.conftest import HOUSE, NOW, RINGING, merge, person_named, ring


def ring_from(connection: sa.Connection, number: str) -> str:
    at_number = sa.select(tables.person_number.c.person).where(tables.person_number.c.number == number)
    candidates = connection.execute(at_number).scalars()
    return ring(connection, number=number, candidates=" ".join(candidates))


def ring_of(connection: sa.Connection, person: str) -> str:
    """A call of somebody, linked and not yet on the timeline."""
    connection.execute(sa.delete(tables.contact).where(tables.contact.c.id == RINGING))
    return ring(connection, person=person)


def card_of(connection: sa.Connection, contact: str, *, person: str | None = None) -> CallerCard:
    card = caller_card(connection, HOUSE, contact, extension="4101", now=NOW, person=person)
    assert card is not None
    return card


def test_a_shared_number_lists_who_may_be_calling_and_opens_nobody(reading: sa.Connection) -> None:
    card = card_of(reading, ring_from(reading, NUMBER))
    shown = [(one.birth_name, one.first_given_name, one.has_overdue_promise) for one in card.candidates]
    assert shown == [
        ("DUBREUIL", "Martine", True),
        ("LEROUX", "Gérard", False),
        ("LEROUX", "Ines", False),
    ]
    assert card.opened is None
    assert card.glance is None
    assert card.call.queue_name == "Secrétariat orthopédie"
    assert (card.call.service_name, card.call.hidden_calls_today) == ("Orthopédie", 0)


def test_an_opened_candidate_shows_the_five_cells_of_the_mock_up(reading: sa.Connection) -> None:
    martine = person_named(reading, "DUBREUIL", "Martine")
    card = card_of(reading, ring_from(reading, NUMBER), person=martine)
    glance = card.glance
    assert card.opened is not None
    assert glance is not None
    assert glance.last is not None
    assert glance.promise is not None
    assert glance.appointment is not None
    assert (card.opened.ipp, card.opened.used_name, card.is_linked) == ("00418276", "LEROUX", False)
    assert glance.last.channel is Channel.PHONE
    assert NOW - glance.last.at == timedelta(days=1, hours=1, minutes=12)
    assert NOW - glance.promise.due_at == timedelta(hours=16, minutes=26)
    assert [case.title for case in glance.open_cases] == [
        "Résultats d’IRM du genou",
        "Arthroscopie du genou droit",
    ]
    assert (glance.appointment.title, glance.appointment.clinician) == ("Arthroscopie", "Dr Vasseur")
    assert glance.preference.channel is Channel.PHONE
    assert glance.preference.choices == ((Channel.EMAIL, "refused"), (Channel.SMS, "allowed"))
    assert card.contacts_total == 14


def test_the_mock_ups_call_is_the_fourth_in_four_days_by_three_channels(
    reading: sa.Connection,
) -> None:
    martine = person_named(reading, "DUBREUIL", "Martine")
    card = card_of(reading, ring_from(reading, NUMBER), person=martine)
    assert card.glance is not None
    irm = card.glance.open_cases[0].case
    assert card.repeat == Repeat(case=irm, contacts=4, days=4, channels=3)


def test_a_linked_call_opens_its_person_and_counts_itself_once(reading: sa.Connection) -> None:
    martine = person_named(reading, "DUBREUIL", "Martine")
    contact = ring(reading, number=NUMBER, person=martine)
    reading.execute(
        sa.insert(tables.timeline).values(establishment=HOUSE, person=martine, at=NOW, contact=contact)
    )
    card = card_of(reading, contact)
    assert card.is_linked
    assert card.contacts_total == 14
    assert card.repeat is not None
    assert card.repeat.contacts == 4


def test_the_only_candidate_is_opened_and_not_linked(reading: sa.Connection) -> None:
    card = card_of(reading, ring_from(reading, "+33639984123"))
    assert card.opened is not None
    assert (card.opened.birth_name, card.is_linked) == ("GARNIER", False)


def test_a_protected_person_is_absent_and_leaves_no_trace(reading: sa.Connection) -> None:
    card = card_of(reading, ring_from(reading, "+33639984131"))
    assert [one.first_given_name for one in card.candidates] == ["Marc"]
    jeanne = person_named(reading, "AUBERT", "Jeanne")
    assert card_of_another(reading, jeanne).opened is None


def card_of_another(connection: sa.Connection, person: str) -> CallerCard:
    connection.execute(sa.delete(tables.contact).where(tables.contact.c.state == "ringing"))
    return card_of(connection, ring(connection, person=person))


def test_an_undisclosed_presence_looks_like_an_unknown_number(reading: sa.Connection) -> None:
    card = card_of(reading, ring_from(reading, "+33639984132"))
    assert card.candidates == ()
    assert card.opened is None


def test_a_hidden_number_has_no_candidate_and_counts_the_others_of_the_day(reading: sa.Connection) -> None:
    others = sa.select(sa.func.count()).where(
        tables.contact.c.number_kind == NumberKind.HIDDEN,
        tables.contact.c.at >= NOW.replace(hour=0, minute=0),
        tables.contact.c.at <= NOW,
    )
    expected = reading.execute(others).scalar_one()
    card = card_of(reading, ring(reading, number_kind=NumberKind.HIDDEN, number_raw="anonymous"))
    assert (card.candidates, card.opened) == ((), None)
    assert card.call.hidden_calls_today == expected
    assert expected >= 2


def test_a_merged_person_is_shown_as_the_one_he_was_merged_into(reading: sa.Connection) -> None:
    martine = person_named(reading, "DUBREUIL", "Martine")
    gerard = person_named(reading, "LEROUX", "Gérard")
    merge(reading, gerard, into=martine)
    card = card_of(reading, ring_from(reading, NUMBER))
    assert [one.first_given_name for one in card.candidates] == ["Martine", "Ines"]


def test_a_call_linked_to_a_merged_person_opens_the_one_kept_with_what_is_under_both(
    reading: sa.Connection,
) -> None:
    kept, merged = person_named(reading, "DUBREUIL", "Martine"), person_named(reading, "GARNIER", "Sylvie")
    counts = [card_of(reading, ring_of(reading, person)).contacts_total for person in (kept, merged)]
    merge(reading, merged, into=kept)
    card = card_of(reading, ring_of(reading, merged))
    assert card.opened is not None
    assert (card.opened.person, card.is_linked) == (kept, True)
    assert card.contacts_total == sum(counts)


def test_the_stricter_choice_wins_of_a_person_merged(reading: sa.Connection) -> None:
    kept, merged = person_named(reading, "DUBREUIL", "Martine"), person_named(reading, "GARNIER", "Sylvie")
    reading.execute(sa.delete(tables.preference).where(tables.preference.c.person.in_([kept, merged])))
    for person, channel, choice in (
        (kept, "sms", "allowed"),
        (merged, "sms", "refused"),
        (merged, "rcs", "allowed"),
    ):
        chosen = {"establishment": HOUSE, "person": person, "channel": channel, "choice": choice}
        chosen |= {"purpose": "stay", "act": "admission", "said_at": NOW}
        reading.execute(sa.insert(tables.preference).values(chosen))
    merge(reading, merged, into=kept)
    card = card_of(reading, ring_of(reading, kept))
    assert card.glance is not None
    assert card.glance.preference.choices == ((Channel.RCS, "allowed"), (Channel.SMS, "refused"))


def test_a_call_that_rings_at_another_extension_is_not_ours(reading: sa.Connection) -> None:
    contact = ring(reading, extension="4102")
    assert caller_card(reading, HOUSE, contact, extension="4101", now=NOW) is None
    assert caller_card(reading, HOUSE, "unknown", extension="4101", now=NOW) is None


def test_the_current_call_of_an_extension_is_the_one_that_rings_there(reading: sa.Connection) -> None:
    assert current_call(reading, HOUSE, "4101", now=NOW) is None
    contact = ring(reading)
    assert current_call(reading, HOUSE, "4101", now=NOW) == contact
    assert current_call(reading, HOUSE, "4102", now=NOW) is None


def test_a_number_alone_gives_its_visible_persons(reading: sa.Connection) -> None:
    found = persons_of_number(reading, HOUSE, NUMBER, now=NOW)
    assert [one.first_given_name for one in found] == ["Martine", "Gérard", "Ines"]
    assert persons_of_number(reading, HOUSE, "+33639984132", now=NOW) == ()
    assert persons_of_number(reading, HOUSE, "", now=NOW) == ()


def test_an_extension_whose_last_call_was_only_told_can_be_asked_nothing(reading: sa.Connection) -> None:
    assert not is_only_told(reading, HOUSE, "4101", now=NOW)
    ring(reading, told_by="3cx", at=NOW - timedelta(hours=1))
    assert is_only_told(reading, HOUSE, "4101", now=NOW)
    assert not is_only_told(reading, HOUSE, "4102", now=NOW)
    ring(reading, id="newer", line="standard")
    assert not is_only_told(reading, HOUSE, "4101", now=NOW)
