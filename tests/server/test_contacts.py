"""`GET /v1/contacts/{contact}/earlier-calls` on a real server: for who holds the contact, and traced."""

from itertools import count

import requests
import sqlalchemy as sa

from app.domain.commands import IdentifyCaller
from app.domain.ids import Id
from app.domain.words import Protection
from app.store import tables
from app.store.access_log import EARLIER_CALLS
from app.store.engine import writing
from tests.server.serving import Served
from tests.support.scene import MARTINE, OTHER_QUEUE, QUEUE

_numbers = count(6400)


def _call(served: Served, number: str, queue: str = QUEUE) -> Id:
    return served.scene.ring_in_vain(number, queue=queue, extension="4101" if queue == QUEUE else "4001")


def _number() -> str:
    """A caller whom no other test knows."""
    return f"+3346571{next(_numbers)}"


def _asked(served: Served, contact: Id, login: str = "c.morvan") -> requests.Response:
    return served.call("GET", f"/v1/contacts/{contact}/earlier-calls", login=login)


def _told(served: Served, contact: Id, login: str = "c.morvan") -> list[str]:
    answer = _asked(served, contact, login)
    assert answer.status_code == 200, answer.text
    return [one["contact"] for one in answer.json()["calls"]]


def _protected(served: Served) -> str:
    person = served.scene.new_person("Le Goff")
    with writing(served.scene.engine) as connection:
        protect = sa.update(tables.person).filter_by(id=person).values(protection=Protection.PROTECTED)
        connection.execute(protect)
    return person


def _identify(served: Served, contact: Id, person: str = MARTINE, author: str = "c.morvan") -> None:
    said = IdentifyCaller(contact=contact, person=person)
    assert served.scene.run(said, author=author).refusal == ""


def test_those_of_one_s_services_are_told_and_who_asked_is_kept(served: Served) -> None:
    number = _number()
    first, _elsewhere, call = _call(served, number), _call(served, number, OTHER_QUEUE), _call(served, number)
    _identify(served, call)
    assert _told(served, call) == [first]
    (kept,) = [row for row in served.scene.rows(tables.access_log) if row.contact == call]
    assert (kept.act, kept.author, kept.person, kept.shown) == (EARLIER_CALLS, "c.morvan", MARTINE, 1)


def test_a_doubt_of_another_service_is_the_same_answer_as_none(served: Served) -> None:
    alone, number = _call(served, _number()), _number()
    _call(served, number)
    elsewhere, call = _call(served, number, OTHER_QUEUE), _call(served, number)
    for contact in (alone, call):
        _identify(served, contact)
    _identify(served, elsewhere, served.scene.new_person("Le Goff"), "h.lambert")
    assert _told(served, call) == []
    assert _asked(served, alone).json() == _asked(served, call).json()


def test_of_what_is_not_theirs_or_nobodys_or_unknown_the_same_is_said(served: Served) -> None:
    number = _number()
    nobodys, elsewhere = _call(served, number), _call(served, number, OTHER_QUEUE)
    _identify(served, elsewhere, served.scene.new_person("Le Goff"), "h.lambert")
    answers = [_asked(served, one) for one in (nobodys, elsewhere, served.scene.new_id())]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_whoever_may_not_be_known_of_is_told_of_to_nobody_at_the_reception(served: Served) -> None:
    number = _number()
    _call(served, number)
    call = _call(served, number)
    _identify(served, call, _protected(served))
    assert _asked(served, call).status_code == 404
    assert _asked(served, call, login="").status_code == 401


def test_a_contact_that_is_no_id_is_named(served: Served) -> None:
    answer = _asked(served, "nobody")
    assert (answer.status_code, answer.json()["field"]) == (400, "contact")
