"""Lets supervision name agents, once the hospital has done what it owes them (rules R26)."""

from app.domain.commands import SetNaming
from app.domain.errors import Refusal
from app.domain.facts import NamingSet
from app.domain.naming import STEPS, Naming
from app.store import tables
from app.store.opening import place_of
from app.store.unit_of_work import UnitOfWork


def set_naming(command: SetNaming, uow: UnitOfWork) -> None:
    """Every desk has the dates from now on; what is to come is not done, and is refused by its field."""
    dates = {step: getattr(command, step) for step in STEPS}
    today = uow.now.astimezone(place_of(uow.find(tables.place)).clock).date()
    field = Naming(**dates).to_come(today)
    if field:
        raise Refusal("future_date", field)
    uow.concerns_all()
    uow.record(NamingSet(**dates))
