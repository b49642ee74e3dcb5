"""The rows that go when a person, a call of nobody or old reads are forgotten, on both ends."""

from app.domain.erasure_facts import CallForgotten, PersonErased, ReadsForgotten
from app.store import tables
from app.store.rows import Rows


def follow_erasure(rows: Rows, fact: PersonErased | CallForgotten | ReadsForgotten) -> None:
    """Remove what the fact names; what is a person's besides goes with the scopes."""
    match fact:
        case ReadsForgotten():
            for glass in fact.glasses:
                rows.remove(tables.glass, id=glass)
        case CallForgotten():
            _forget_call(rows, fact)
        case PersonErased():
            for contact in fact.contacts:
                rows.remove(tables.contact, id=contact)
            _remove_made(rows, fact)


def _forget_call(rows: Rows, fact: CallForgotten) -> None:
    if fact.is_whole:
        rows.remove(tables.contact, id=fact.contact)
    else:
        rows.change(tables.contact, {"id": fact.contact}, number="", number_raw="", candidates="")
    _remove_made(rows, fact)


def _remove_made(rows: Rows, fact: PersonErased | CallForgotten) -> None:
    for commitment in fact.commitments:
        rows.remove(tables.commitment, id=commitment)
    for message in fact.messages:
        rows.remove(tables.call_back_note, id=message)
    for act in fact.line_acts:
        rows.remove(tables.line_act, id=act)
