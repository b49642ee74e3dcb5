"""Which account somebody has whom the identity provider vouches for, if any."""

from datetime import datetime

import sqlalchemy as sa

from app.domain.words import Role
from app.store.account_tables import account, account_past
from sync.server.auth.accounts import ACTIVE, Account, find_account, to_account
from sync.server.auth.providers import Vouched


class NotAdmitted(Exception):  # noqa: N818 - the house says no to somebody who is known
    """The provider knows who it is, and the house has no place for that person; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def admit(
    connection: sa.Connection, establishment: str, vouched: Vouched, *, issuer: str, now: datetime
) -> Account:
    """The account of whoever it is, with the role that the provider gives when it does. Raises `NotAdmitted`.

    The first sign-in ties the account to the provider's own name of that person: a login that is given
    to somebody else later opens nothing until `user add` is typed again.
    """
    row = find_account(connection, establishment, vouched.login)
    if row is None or row.state != ACTIVE:
        raise NotAdmitted("unknown_account")
    subject = f"{issuer} {vouched.subject}"
    if row.subject not in ("", subject):
        raise NotAdmitted("other_person")
    who = to_account(row)
    role = who.role if vouched.roles is None else _only(vouched.roles)
    mine = sa.update(account).filter_by(establishment=establishment, login=who.login)
    if row.subject != subject or role != who.role:
        connection.execute(mine.values(subject=subject, role=role.value))
    if role != who.role:
        past = {"establishment": establishment, "login": who.login, "until": now, "role": who.role.value}
        connection.execute(sa.insert(account_past), past)
    return to_account(find_account(connection, establishment, who.login) or row)


def _only(roles: frozenset[Role]) -> Role:
    """Two roles are no role: nobody guesses which one was meant."""
    if len(roles) != 1:
        raise NotAdmitted("no_role" if not roles else "several_roles")
    return next(iter(roles))
