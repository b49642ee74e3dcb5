"""One person's exchanges, by demand, as the mock-up shows them."""

import sqlalchemy as sa

from app.domain.words import Channel, CommitmentState
from app.queries.timeline import Timeline, timeline
from app.store import tables
from tests.queries.conftest import HOUSE, NOW, merge, person_named, ring


def martines(connection: sa.Connection, *, contact: str | None = None, limit: int = 50) -> Timeline:
    martine = person_named(connection, "DUBREUIL", "Martine")
    return timeline(connection, HOUSE, martine, now=NOW, contact=contact, limit=limit)


def test_open_demands_come_first_and_closed_ones_follow(reading: sa.Connection) -> None:
    shown = martines(reading)
    assert [(group.title, group.is_open) for group in shown.groups] == [
        ("Résultats d’IRM du genou", True),
        ("Arthroscopie du genou droit", True),
        ("Bon de transport", False),
        ("Consultation d’anesthésie", False),
        ("IRM du genou, rendez-vous", False),
        ("Compte rendu de consultation", False),
    ]
    assert shown.groups[1].next_step == "SMS J-7 prévu le 25/11 à 09:00"
    assert shown.groups[2].closing == "Remis au guichet"
    assert shown.total == 13


def test_the_call_under_way_stands_under_the_demand_it_repeats(reading: sa.Connection) -> None:
    shown = martines(reading, contact=ring(reading))
    first = shown.groups[0]
    assert [entry.channel for entry in first.entries] == [
        Channel.PHONE,
        Channel.PHONE,
        Channel.WHATSAPP,
        Channel.PORTAL,
    ]
    assert (first.channels, shown.total) == (3, 14)
    assert (first.entries[0].is_live, first.entries[0].is_unqualified) == (True, True)


def test_yesterdays_call_says_who_how_long_and_what_was_not_kept(reading: sa.Connection) -> None:
    call = martines(reading).groups[0].entries[0]
    assert call.by_name == "Hugo Lambert (standard)"
    assert call.duration_s == 185
    assert call.promise is not None
    assert call.promise.state is CommitmentState.MISSED
    assert call.promise.owner == "Claire Morvan"


def test_the_portals_message_is_acknowledged_and_unanswered(reading: sa.Connection) -> None:
    message = martines(reading).groups[0].entries[2]
    assert (message.is_unanswered, message.acknowledged) == (True, "18:42")
    assert message.text == "Je ne vois pas les résultats de mon IRM de mardi."


def test_contacts_without_a_demand_come_last(reading: sa.Connection) -> None:
    garnier = person_named(reading, "GARNIER", "Sylvie")
    shown = timeline(reading, HOUSE, garnier, now=NOW)
    assert [(group.case, group.title) for group in shown.groups][-1] == (None, "")
    assert shown.groups[-1].entries[0].is_unqualified


def test_an_open_demand_without_recent_contact_is_still_shown(reading: sa.Connection) -> None:
    shown = martines(reading, limit=3)
    assert shown.total == 13
    assert [len(group.entries) for group in shown.groups] == [3, 0]


def test_a_stranger_has_an_empty_timeline(reading: sa.Connection) -> None:
    assert timeline(reading, HOUSE, "nobody", now=NOW) == Timeline(person="nobody", total=0)


def test_nothing_is_read_of_another_establishment(reading: sa.Connection) -> None:
    martine = person_named(reading, "DUBREUIL", "Martine")
    assert timeline(reading, "elsewhere", martine, now=NOW).total == 0
    assert reading.execute(sa.select(tables.person.c.establishment).distinct()).scalars().all() == [HOUSE]


def test_what_was_recorded_under_a_merged_id_is_in_the_history(reading: sa.Connection) -> None:
    kept, merged = person_named(reading, "DUBREUIL", "Martine"), person_named(reading, "GARNIER", "Sylvie")
    before, other = martines(reading), timeline(reading, HOUSE, merged, now=NOW)
    merge(reading, merged, into=kept)
    after = martines(reading)
    assert after.total == before.total + other.total
    assert contacts_of(after) == contacts_of(before) | contacts_of(other)


def test_of_two_merged_histories_the_newest_contacts_are_shown(reading: sa.Connection) -> None:
    kept, merged = person_named(reading, "DUBREUIL", "Martine"), person_named(reading, "GARNIER", "Sylvie")
    merge(reading, merged, into=kept)
    newest = sorted((one.at for group in martines(reading).groups for one in group.entries), reverse=True)[:4]
    short = [one.at for group in martines(reading, limit=4).groups for one in group.entries]
    assert sorted(short, reverse=True) == newest


def test_pointers_that_turn_in_a_circle_end(reading: sa.Connection) -> None:
    one, other = person_named(reading, "DUBREUIL", "Martine"), person_named(reading, "GARNIER", "Sylvie")
    merge(reading, one, into=other)
    merge(reading, other, into=one)
    assert martines(reading).total == timeline(reading, HOUSE, other, now=NOW).total


def contacts_of(shown: Timeline) -> set[str]:
    return {entry.contact for group in shown.groups for entry in group.entries}
