"""« Consignes du jour »: what a supervisor tells a service's desks, three at a time, each with its end."""

import sqlalchemy as sa

from app.domain.commands import PublishNotice, WithdrawNotice
from app.domain.errors import Refusal
from app.domain.facts import NoticePublished, NoticeWithdrawn
from app.domain.notices import MOST
from app.domain.words import Role
from app.store import tables
from app.store.prepared import Prepared, Row, given
from app.store.unit_of_work import UnitOfWork


def publish_notice(command: PublishNotice, uow: UnitOfWork) -> None:
    """Tell it, or tell a known one otherwise; those whose end is past leave and make room."""
    if uow.find(tables.service, id=command.service) is None:
        raise Refusal("unknown_service", "service")
    _check_own(command.service, uow)
    if command.ends_at <= uow.now:
        raise Refusal("past_end", "ends_at")
    known = uow.find(tables.service_notice, id=command.notice)
    if known is not None and known.service != command.service:
        raise Refusal("unknown_notice", "notice")
    _make_room(command, uow)
    uow.concerns_all()
    uow.record(
        NoticePublished(
            notice=command.notice,
            service=command.service,
            topic=command.topic,
            title=command.title,
            text=command.text,
            by=uow.author,
            published_at=uow.now,
            ends_at=command.ends_at,
        )
    )


def withdraw_notice(command: WithdrawNotice, uow: UnitOfWork) -> None:
    """Take it back."""
    known = uow.find(tables.service_notice, id=command.notice)
    if known is None:
        raise Refusal("unknown_notice", "notice")
    _check_own(known.service, uow)
    uow.concerns_all()
    uow.record(NoticeWithdrawn(notice=command.notice))


def _make_room(command: PublishNotice, uow: UnitOfWork) -> None:
    others = [row for row in _of_service(command.service, uow) if row.id != command.notice]
    over = [row for row in others if row.ends_at <= uow.now]
    if len(others) - len(over) >= MOST:
        raise Refusal("full_notices", "service")
    for row in over:
        uow.record(NoticeWithdrawn(notice=row.id))


def _check_own(service: str, uow: UnitOfWork) -> None:
    """A supervisor writes for the account's services; an administrator, or the server itself, for all."""
    account = uow.find(tables.account, login=uow.author)
    if account is None or account.role == Role.ADMINISTRATOR:
        return
    if service not in account.services.split():
        raise Refusal("not_allowed", "service")


def _of_service(service: str, uow: UnitOfWork) -> list[Row]:
    return uow.rows_of(_OF_SERVICE, service=service)


_n = tables.service_notice.c
_OF_SERVICE = Prepared(
    sa.select(_n.id, _n.ends_at)
    .where(_n.establishment == given("establishment"), _n.service == given("service"))
    .order_by(_n.id)
)
STATEMENTS = (_OF_SERVICE,)
"""For the test that keeps them free of scans."""
