"""Where the house stands and when it is open, as its administrator sets them."""

from collections.abc import Callable
from typing import Any

from app.domain.commands import SetOpeningHours, SetPlace
from app.domain.errors import Refusal
from app.domain.facts import OpeningHoursSet, PlaceSet
from app.domain.opening import Opening, check_zone, read_week
from app.store import tables
from app.store.unit_of_work import UnitOfWork


def set_place(command: SetPlace, uow: UnitOfWork) -> None:
    """Every desk counts its days by it from now on."""
    try:
        check_zone(command.zone)
    except ValueError as error:
        raise Refusal("unknown_zone", "zone") from error
    uow.concerns_all()
    uow.record(PlaceSet(zone=command.zone, region=command.region))


def set_opening_hours(command: SetOpeningHours, uow: UnitOfWork) -> None:
    """Calls that came before keep what they were judged by."""
    try:
        read_week(command.hours)
    except ValueError as error:
        raise Refusal("unreadable_hours", "hours") from error
    if uow.find(tables.service, id=command.service) is None:
        raise Refusal("unknown_service", "service")
    queue = uow.find(tables.queue, id=command.queue) if command.queue else None
    if command.queue and (queue is None or queue.service != command.service):
        raise Refusal("unknown_queue", "queue")
    uow.concerns_all()
    uow.record(OpeningHoursSet(service=command.service, queue=command.queue, hours=command.hours))


def queue_opening(queue: str, uow: UnitOfWork) -> Opening:
    """When a queue is open: its own hours, else its service's; a queue nobody knows never closes."""
    row = uow.find(tables.queue, id=queue) if queue else None
    service = uow.find(tables.service, id=row.service) if row is not None and not row.hours else None
    hours = "" if row is None else row.hours or ("" if service is None else service.hours)
    return Opening(hours=hours, place=uow.place)


USE_CASES: dict[type, Callable[[Any, UnitOfWork], None]] = {
    SetPlace: set_place,
    SetOpeningHours: set_opening_hours,
}
"""What the dispatch runs of where the house stands and when it is open."""
