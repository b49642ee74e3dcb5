"""`GET /v1/queues` and `/v1/reports/{name}`: figures now and over a period, each with its definition."""

import asyncio
import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException, ValidationException
from litestar.params import FromPath, FromQuery

from app.domain.command import FIRST, LAST
from app.domain.indicators import WORK, Figure, Indicator, count_figure, day_end, share_figure, time_figure
from app.domain.periods import are_past_weeks
from app.domain.roles import Action, Extent, extent
from app.logs import log
from app.queries.board import QueueTile, board
from app.queries.first_replies import ServiceReport, reply_report
from app.queries.reports import QueueReport, report
from app.store.access_log import TEAM_FIGURES, Reading
from app.store.opening import read_place
from app.store.reading import one_moment
from sync.server.auth.accounts import Account
from sync.server.routes import Caller, Here, Premises, entitled, guarded

REPORTS = TELEPHONE, REPLIES = "telephone", "first-replies"
MOST_DAYS = 92
JSON, CSV = "application/json", "text/csv"
AnyRequest = Request[Any, Any, Any]
AnyReport = QueueReport | ServiceReport


class QueuesNow(msgspec.Struct, frozen=True, kw_only=True):
    """The queues at one moment."""

    read_at: datetime
    queues: tuple[QueueReport, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Queues or services over whole days of the establishment, the last one included."""

    name: str
    first: date
    last: date
    read_at: datetime
    queues: tuple[QueueReport, ...] = ()
    services: tuple[ServiceReport, ...] = ()


@get("/v1/queues", opt=entitled(Action.FIGURES), responses=guarded(400, 404))
async def queues(request: AnyRequest, here: Here, caller: Caller) -> Response[QueuesNow]:
    """The queues now: all for a supervisor, those of one's own services otherwise."""
    services = _services_of(caller.account)
    found = await asyncio.to_thread(_now, here, services)
    return _shaped(request, found, found.queues)


@get("/v1/reports/{name:str}", opt=entitled(Action.FIGURES), responses=guarded(400, 404))
async def read_report(
    request: AnyRequest,
    here: Here,
    caller: Caller,
    name: FromPath[str],
    since: FromQuery[date | None] = None,
    until: FromQuery[date | None] = None,
) -> Response[Report]:
    """The telephone's figures, or the answers to what is written, from one day to another; else today's."""
    services = _services_of(caller.account)
    if name not in REPORTS:
        raise NotFoundException("No such report", extra={"field": "name"})
    found = await asyncio.to_thread(_report, here, name, services, since, until)
    log("reports").info("figures were read", by=caller.account.login, first=found.first, last=found.last)
    await asyncio.to_thread(_trace, here, caller.account, found)
    return _shaped(request, found, (*found.queues, *found.services))


def _trace(here: Premises, who: Account, found: Report) -> None:
    """A manager's reading of what teams do is on record (rules R26)."""
    told = [queue for queue in found.queues if any(_is_work(figure) for figure in queue.figures)]
    if told:
        days = f"{found.first}/{found.last}"
        reading = Reading(at=found.read_at, author=who.login, reason=days, shown=len(told), act=TEAM_FIGURES)
        here.traces.keep(reading)


def _is_work(figure: Figure) -> bool:
    return figure.name in WORK and not figure.is_withheld


def _services_of(who: Account) -> frozenset[str] | None:
    """The services whose queues somebody may read; None for all."""
    return None if extent(who.role, Action.FIGURES) is Extent.ALL else frozenset(who.services)


def _days(first: date, last: date) -> tuple[date, date]:
    if first > last:
        raise ValidationException("`since` is after `until`", extra={"field": "since"})
    for name, day in (("since", first), ("until", last)):
        if not FIRST.date() <= day <= LAST.date():
            raise ValidationException(f"`{name}` is of another age", extra={"field": name})
    if (last - first).days >= MOST_DAYS:
        raise ValidationException(f"At most {MOST_DAYS} days", extra={"field": "since"})
    return first, last


def _now(here: Premises, services: frozenset[str] | None) -> QueuesNow:
    now = here.clock.now()
    with one_moment(here.engine) as connection:
        shown = board(connection, here.establishment, now=now, services=services)
    return QueuesNow(read_at=now, queues=tuple(_live(tile, now) for tile in shown.tiles))


def _live(tile: QueueTile, now: datetime) -> QueueReport:
    longest = timedelta() if tile.longest_since is None else now - tile.longest_since
    return QueueReport(
        queue=tile.queue,
        name=tile.name,
        figures=(
            count_figure(Indicator.WAITING, tile.waiting),
            time_figure(Indicator.LONGEST_WAIT, longest),
            count_figure(Indicator.FREE_SEATS, tile.free),
            share_figure(Indicator.SERVICE_LEVEL, tile.service_level),
            share_figure(Indicator.ABANDON_RATE, tile.abandon_rate),
        ),
    )


def _report(
    here: Premises, name: str, services: frozenset[str] | None, since: date | None, until: date | None
) -> Report:
    """Whole days by the establishment's clock."""
    with one_moment(here.engine) as connection:
        zone = read_place(connection, here.establishment).clock
        today = here.clock.now().astimezone(zone).date()
        first, last = _days(since or until or today, until or today)
        begin = datetime(first.year, first.month, first.day, tzinfo=zone)
        end = day_end(datetime(last.year, last.month, last.day, tzinfo=zone), zone=zone)
        at, house = here.clock.now(), here.establishment
        about = Report(name=name, first=first, last=last, read_at=at)
        if name == REPLIES:
            found = reply_report(connection, house, since=begin, until=end, services=services)
            return msgspec.structs.replace(about, services=found)
        # Who reads every queue manages; the others are whom such figures would measure.
        tells_work = services is None and are_past_weeks(first, last, today=today)
        told = report(connection, house, since=begin, until=end, services=services, tells_work=tells_work)
        return msgspec.structs.replace(about, queues=told)


def _shaped(request: AnyRequest, found: Any, rows: Iterable[AnyReport]) -> Response[Any]:
    if request.accept.best_match([JSON, CSV]) == CSV:
        return Response(_csv(rows), media_type=f"{CSV}; charset=utf-8")
    return Response(found, media_type=JSON)


def _cell(value: Any) -> Any:
    """What a spreadsheet shows, and never computes: a name may begin like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_LIKE_A_FORMULA) else value


_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _csv(rows: Iterable[AnyReport]) -> str:
    """One line a figure, for a spreadsheet."""
    written = io.StringIO()
    lines = csv.writer(written)
    columns = Figure.__struct_fields__
    told = list(rows)
    of = "service" if told and isinstance(told[0], ServiceReport) else "queue"
    lines.writerow((of, f"{of}_name", *columns))
    for row in told:
        for figure in row.figures:
            told_of = (getattr(row, of), row.name, *(getattr(figure, name) for name in columns))
            lines.writerow(map(_cell, told_of))
    return written.getvalue()
