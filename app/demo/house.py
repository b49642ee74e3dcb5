"""The walls of the fictitious hospital: its services, lines, agents and clinicians."""

import msgspec

from app.domain.motives import plain, shipped_catalogue
from app.domain.words import Role

NAME = "Centre hospitalier Saint-Aurélien"
SHORT_NAME = "CH Saint-Aurélien"
SITE = "Saint-Aurélien"
AUTOMATION = "automate"
"""Author of what leaves without a person."""


class DemoAgent(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who signs in; `service` is a service's id."""

    login: str
    name: str
    service: str
    role: Role
    extension: str


class DemoQueue(msgspec.Struct, frozen=True, kw_only=True):
    """A line that people call."""

    id: str
    name: str
    service: str


OFFICE_HOURS = "1-5 08:00-18:00"
HOURS: dict[str, str] = {
    "orthopedie": OFFICE_HOURS,
    "chirurgie-ambulatoire": "1-5 07:00-19:00",
    "imagerie": "1-5 08:00-18:00; 6 08:30-12:00",
    "admissions": OFFICE_HOURS,
    "facturation": "1-5 09:00-12:30 13:30-17:00",
    "archives": "1-5 09:00-12:00 14:00-16:30",
    "standard": "1-7,F 00:00-24:00",
}
"""When services are open, by their ids; those left out never close."""


NAMING = {"consulted_on": "2026-06-12", "informed_on": "2026-06-15", "analysed_on": "2026-06-30"}
"""The CSE's opinion, the agents' information and the impact analysis: its supervision names agents."""


def slug(name: str) -> str:
    """« Chirurgie ambulatoire » to `chirurgie-ambulatoire`."""
    return "-".join(plain(name).replace("'", " ").split())


def _agent(login: str, name: str, service: str, extension: str, role: Role = Role.SECRETARY) -> DemoAgent:
    return DemoAgent(login=login, name=name, service=service, role=role, extension=extension)


DEMO_AGENTS: tuple[DemoAgent, ...] = (
    _agent("c.morvan", "Claire Morvan", "orthopedie", "4101", Role.RECEPTIONIST),
    _agent("s.haddad", "Samira Haddad", "orthopedie", "4102"),
    _agent("n.bourdin", "Nathalie Bourdin", "orthopedie", "4100", Role.SUPERVISOR),
    _agent("h.lambert", "Hugo Lambert", "standard", "4001", Role.RECEPTIONIST),
    _agent("m.riviere", "Maud Rivière", "standard", "4002", Role.RECEPTIONIST),
    _agent("j.caron", "Julien Caron", "chirurgie-ambulatoire", "4201"),
    _agent("l.tessier", "Lucie Tessier", "ide-de-coordination", "4205", Role.NURSE),
    _agent("a.benali", "Amel Benali", "admissions", "4401"),
    _agent("p.garrec", "Pierre Garrec", "facturation", "4501"),
    _agent("e.perrin", "Élodie Perrin", "imagerie", "4301"),
    _agent("f.noel", "Françoise Noël", "archives", "4601"),
    _agent("r.ozanne", "Romain Ozanne", "accueil", "4011", Role.RECEPTIONIST),
)

QUEUES: tuple[DemoQueue, ...] = (
    DemoQueue(id="secretariat-orthopedie", name="Secrétariat orthopédie", service="orthopedie"),
    DemoQueue(id="standard", name="Standard", service="standard"),
    DemoQueue(id="chirurgie-ambulatoire", name="Chirurgie ambulatoire", service="chirurgie-ambulatoire"),
    DemoQueue(id="admissions", name="Admissions", service="admissions"),
    DemoQueue(id="facturation", name="Facturation", service="facturation"),
    DemoQueue(id="imagerie", name="Imagerie", service="imagerie"),
    DemoQueue(id="archives", name="Archives", service="archives"),
    DemoQueue(id="accueil", name="Accueil", service="accueil"),
    DemoQueue(id="ide-de-coordination", name="IDE de coordination", service="ide-de-coordination"),
)

CLINICIANS: dict[str, tuple[str, ...]] = {
    "orthopedie": ("Dr Vasseur", "Dr Kaddour", "Dr Le Goff"),
    "chirurgie-ambulatoire": ("Dr Vasseur", "Dr Kaddour", "Dr Aubry"),
    "imagerie": ("Dr Salvi", "Dr Maréchal"),
}
"""Doctors by service; others answer with the first of orthopédie."""


def services_held(agent: DemoAgent) -> tuple[str, ...]:
    """The services whose persons and queues an agent's desk holds, one's own first; a supervisor's: all."""
    others = [queue.service for queue in QUEUES] if agent.role is Role.SUPERVISOR else []
    return tuple(dict.fromkeys((agent.service, *others)))


def service_names() -> tuple[str, ...]:
    """Every service that a line belongs to or that the catalogue of motives sends people to."""
    named = (motive.service for motive in shipped_catalogue().motives if motive.service)
    return tuple(dict.fromkeys(("Orthopédie", "Imagerie", *named)))


def queue_of(service: str) -> str:
    """The line of a service; the switchboard's where it has none."""
    return next((queue.id for queue in QUEUES if queue.service == service), "standard")


def agents_of(service: str) -> tuple[DemoAgent, ...]:
    """Who answers for a service; the switchboard where nobody sits."""
    seated = tuple(agent for agent in DEMO_AGENTS if agent.service == service)
    return seated or agents_of("standard")
