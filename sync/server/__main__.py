"""`filrouge-server`: what an administrator types."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from app.domain.holidays import Region
from app.domain.words import NoticeTopic, Role
from app.logs import set_up_logs
from app.settings import Settings, WrongSetting, read_settings
from app.store.engine import writing
from sync.server.bootstrap import desk_lists, house
from sync.server.bootstrap.backups.typed import add_backups, remember
from sync.server.bootstrap.journal_checks import add_journal
from sync.server.bootstrap.key_changes import add_keys, rekey_desk
from sync.server.bootstrap.rights.commands import add_rights
from sync.server.bootstrap.rights.opposition import add_legal_form, add_oppose
from sync.server.bootstrap.rights.registre import add_registre
from sync.server.bootstrap.rights.retention import add_retention
from sync.server.bootstrap.telling import Failed, print_data, print_rows
from sync.server.bootstrap.telling import add_command as _command
from sync.server.bootstrap.typed_commands import (
    ADMINISTRATOR,
    hours_asked,
    leave_trace,
    naming_asked,
    notice_asked,
    place_asked,
    run_typed,
    traced,
)

DEMO_ESTABLISHMENT = "saint-aurelien"
DEMO_ANCHOR = "2026-11-24T10:26+01:00"
DEMO_PASSWORD = "filrouge-demo"  # noqa: S105 - the demonstration's, printed in its README
NAMING_STEPS = {
    "consulted": "when the CSE gave its opinion",
    "informed": "when the agents were informed",
    "analysed": "when the impact analysis was made",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 on success, 1 on failure with one sentence on standard error, 2 on bad usage."""
    options = make_parser().parse_args(arguments)
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        return _say(str(wrong), 2)
    set_up_logs(settings.log_level)
    return _run(options, settings)


def _run(options: argparse.Namespace, settings: Settings) -> int:
    from sqlalchemy.exc import OperationalError

    try:
        options.run(options, settings)
    except (Failed, house.NotSetUp) as failed:
        return _say(str(failed), 1)
    except WrongSetting as wrong:
        return _say(str(wrong), 2)
    except OperationalError as error:
        return _say(
            f"The database of FILROUGE_DATABASE_URL does not answer ({type(error.orig).__name__}).", 1
        )
    except OSError as error:
        return _say(f"{error.strerror or error}.", 1)
    return 0


def _say(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def make_parser() -> argparse.ArgumentParser:
    """All that can be typed: walked by the test that asks of each who typed it."""
    parser = argparse.ArgumentParser(prog="filrouge-server", description="The central contact server.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_store(commands)
    _add_import(commands)
    _add_house(commands)
    _add_users(commands)
    _add_desks(commands)
    _add_checks(commands)
    _add_persons(commands)
    add_backups(commands)
    add_retention(commands)
    add_registre(commands)
    add_keys(commands)
    return parser


def _add_serve(commands: Any) -> None:
    parser = _command(commands, "serve", _serve, "Serve the establishment's consoles.")
    parser.add_argument("--anchor", type=_moment, help="start a demonstration's clock at this moment")
    parser.add_argument(
        "--simulated-line",
        action="store_true",
        help="take calls to simulate at POST /demo/line (demonstration)",
    )


def _add_store(commands: Any) -> None:
    parser = _command(commands, "migrate", _migrate, "Bring the database to this version.")
    parser.add_argument("--establishment", help="create this establishment, or rename it")
    parser.add_argument("--name", default="", help="its full name")
    parser.add_argument("--short-name", default="", help="its short name")
    parser = _command(
        commands, "demo-data", _demo_data, "Fill an empty database with the fictitious hospital."
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--anchor", type=_moment, default=DEMO_ANCHOR)
    parser.add_argument("--persons", type=int, default=2_000)
    parser.add_argument("--password", default=DEMO_PASSWORD, help="of every account of the demonstration")


def _add_import(commands: Any) -> None:
    parser = _command(
        commands, "import", _import, "Import the directory, a duty roster (CSV, iCal) or service sheets."
    )
    parser.add_argument("file", type=Path)


def _add_house(commands: Any) -> None:
    parser = _command(commands, "hours", _set_house, "Say when a service, or one of its queues, is open.")
    parser.add_argument("service")
    parser.add_argument("hours", help="1-5 08:00-12:00 13:00-18:00; 6 09:00-12:00 (F: public holidays)")
    parser.add_argument("--queue", default="", help="a queue with hours of its own")
    parser.set_defaults(asked=hours_asked)
    parser = _command(commands, "place", _set_house, "Say where the establishment stands.")
    parser.add_argument("--zone", required=True, help="such as Europe/Paris or Indian/Reunion")
    parser.add_argument("--holidays", required=True, choices=[region.value for region in Region])
    parser.set_defaults(asked=place_asked)
    parser = _command(
        commands,
        "naming",
        _set_house,
        "Let supervision name agents, by three dates that are past; one left out is not dated any more.",
    )
    for step, what in NAMING_STEPS.items():
        parser.add_argument(f"--{step}-on", metavar="DATE", help=f"{what}, such as 2026-06-12")
    parser.set_defaults(asked=naming_asked)
    parser = _command(commands, "notice", _publish_notice, "Tell a service's desks something, until its end.")
    parser.add_argument("service")
    parser.add_argument("title", help="60 letters at most")
    parser.add_argument("--text", default="", help="what to do about it, 120 letters at most")
    topics = [topic.value for topic in NoticeTopic]
    parser.add_argument("--topic", default=NoticeTopic.GENERAL.value, choices=topics)
    parser.add_argument(
        "--until", type=datetime.fromisoformat, required=True, help="such as 2026-11-24T18:00"
    )
    parser.set_defaults(asked=notice_asked)


def _add_users(commands: Any) -> None:
    users = commands.add_parser("user", help="accounts").add_subparsers(required=True, metavar="ACTION")
    parser = _command(users, "add", _user_add, "Create an account, or replace it; the password is read.")
    parser.add_argument("login")
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    parser.add_argument("--service", action="append", default=[], help="may be repeated; the first is shown")
    parser.add_argument("--extension", default="")
    _command(users, "list", _user_list, "List the accounts.")
    _command(users, "disable", _user_disable, "Close an account.").add_argument("login")
    tokens = commands.add_parser("token", help="tokens").add_subparsers(required=True, metavar="ACTION")
    parser = _command(tokens, "add", _token_add, "Make a token for a program, told once.")
    parser.add_argument("login")
    parser.add_argument("--days", type=int, default=365)
    _command(tokens, "revoke", _token_revoke, "Take back every token of a login.").add_argument("login")


def _add_desks(commands: Any) -> None:
    desks = commands.add_parser("desk", help="desks").add_subparsers(required=True, metavar="ACTION")
    _command(desks, "list", desk_lists.list_desks, "List the desks that were enrolled.")
    _command(desks, "readmit", desk_lists.readmit_desk, "Let a revoked desk hand over.").add_argument("id")
    _command(desks, "rekey", rekey_desk, "Have a desk change the key of its files.").add_argument("id")
    _command(desks, "revoke", desk_lists.revoke_desk, "Take a desk's credential back.").add_argument("id")
    accesses = commands.add_parser("access", help="records opened by break-glass").add_subparsers(
        required=True, metavar="ACTION"
    )
    _command(accesses, "list", desk_lists.list_accesses, "List who opened which record, and why.")
    held = commands.add_parser("held", help="commands kept and not run").add_subparsers(
        required=True, metavar="ACTION", dest="settle"
    )
    _command(held, "list", desk_lists.list_held, "List what nobody may answer for, without its content.")
    _command(held, "run", desk_lists.settle_held, "Run one, in its author's name.").add_argument("id")
    _command(held, "discard", desk_lists.settle_held, "Give one up, as a refusal.").add_argument("id")


def _add_persons(commands: Any) -> None:
    add_oppose(add_rights(commands))
    add_legal_form(commands)


def _add_checks(commands: Any) -> None:
    add_journal(commands)
    _command(commands, "check", _check, "Try the settings, the database and the exchanges’ accounts.")
    _command(commands, "rights", _rights, "Print who may what, as every place of the product declares it.")


def _moment(text: str) -> datetime:
    from app.demo.calendar import ZONE

    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)


def _serve(options: argparse.Namespace, settings: Settings) -> None:
    from app.clock import AnchoredClock, MachineClock
    from sync.server.bootstrap import lines, serving

    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    anchored = AnchoredClock(options.anchor) if options.anchor else None
    premises = serving.make_premises(engine, establishment, anchored or MachineClock())
    leap = anchored.leap_to if anchored else None
    line = lines.simulated_line(premises, leap=leap) if options.simulated_line else None
    server = serving.make_server(settings, premises, demo_line=line)
    serving.serve(server, serving.listen(settings))


def _migrate(options: argparse.Namespace, settings: Settings) -> None:
    engine = house.open_store(settings)
    if options.establishment:
        words = {"name": options.name, "short_name": options.short_name or options.name}
        with traced(engine, options.establishment, "migrate", options.establishment) as connection:
            house.set_house_words(connection, options.establishment, **words)
    print_data(options, {"migrated": True}, "The database is of this version.")


def _demo_data(options: argparse.Namespace, settings: Settings) -> None:
    from app.demo.hospital import load
    from app.demo.house import DEMO_AGENTS, services_held
    from sync.server.auth.accounts import Account, put_account
    from sync.server.bootstrap.demo_night import lay_demonstration_night

    engine = house.open_store(settings)
    if house.establishments(engine):
        raise Failed("The database already holds an establishment; demo-data needs an empty one.")
    rows = load(engine, DEMO_ESTABLISHMENT, seed=options.seed, anchor=options.anchor, persons=options.persons)
    with writing(engine) as connection:
        for agent in DEMO_AGENTS:
            account = Account(
                login=agent.login,
                name=agent.name,
                role=agent.role,
                services=services_held(agent),
                extension=agent.extension,
            )
            put_account(connection, DEMO_ESTABLISHMENT, account, password=options.password)
    leave_trace(settings, "demo-data", str(options.seed))
    rows += lay_demonstration_night(settings, engine, DEMO_ESTABLISHMENT, options.anchor)
    print_data(
        options, {"rows": rows, "accounts": len(DEMO_AGENTS)}, f"{rows} rows, {len(DEMO_AGENTS)} accounts."
    )


def _import(options: argparse.Namespace, settings: Settings) -> None:
    from sync.server.bootstrap.directory_import import NothingImported, import_file

    engine = house.open_store(settings)
    try:
        done = import_file(engine, house.only_establishment(engine), options.file)
    except NothingImported as fault:
        raise Failed(str(fault)) from fault
    for wrong in done.wrong:
        print(f"line {wrong.line}: {wrong.field} {wrong.reason}", file=sys.stderr)
    print_data(
        options,
        {"what": done.what, "imported": done.count, "left_out": done.wrong},
        f"{done.count} lines imported, {len(done.wrong)} left out.",
    )


def _user_add(options: argparse.Namespace, settings: Settings) -> None:
    from app.clock import MachineClock
    from sync.server.auth.accounts import Account, change_account, seat_of

    engine = house.open_store(settings)
    account = Account(
        login=options.login,
        name=options.name,
        role=Role(options.role),
        services=tuple(options.service),
        extension=options.extension,
    )
    establishment, password = house.only_establishment(engine), _read_password()
    with traced(engine, establishment, "user add", account.login) as connection:
        change_account(connection, establishment, account, password=password, now=MachineClock().now())
    run_typed(settings, seat_of(account), author=ADMINISTRATOR)
    remember(settings)
    print_data(options, {"login": options.login}, f"{options.login} may sign in.")


def _read_password() -> str:
    import getpass

    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not typed:
        raise Failed("The password is empty.")
    return typed


def _user_list(options: argparse.Namespace, settings: Settings) -> None:
    from sync.server.auth.accounts import list_accounts

    engine = house.open_store(settings)
    with engine.connect() as connection:
        rows = list_accounts(connection, house.only_establishment(engine))
    shown = ("login", "name", "role", "services", "extension", "state")
    print_rows(options, rows, shown)


def _user_disable(options: argparse.Namespace, settings: Settings) -> None:
    from app.domain.commands import UnseatAgent
    from sync.server.auth.accounts import disable_account

    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    with traced(engine, establishment, "user disable", options.login) as connection:
        if not disable_account(connection, establishment, options.login):
            raise Failed(f"There is no account {options.login}.")
    run_typed(settings, UnseatAgent(agent=options.login), author=ADMINISTRATOR)
    remember(settings)
    print_data(options, {"login": options.login}, f"{options.login} may no longer sign in.")


def _token_add(options: argparse.Namespace, settings: Settings) -> None:
    from datetime import timedelta

    from app.clock import MachineClock
    from sync.server.auth import accounts, tokens

    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    ends = MachineClock().now() + timedelta(days=options.days)
    with traced(engine, establishment, "token add", options.login) as connection:
        if accounts.find_account(connection, establishment, options.login) is None:
            raise Failed(f"There is no account {options.login}.")
        token = tokens.issue(connection, establishment, options.login, use=tokens.MACHINE, expires_at=ends)
    print_data(options, {"token": token, "expires_at": ends}, token)


def _token_revoke(options: argparse.Namespace, settings: Settings) -> None:
    from sync.server.auth.accounts import revoke

    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    with traced(engine, establishment, "token revoke", options.login) as connection:
        count = revoke(connection, establishment, options.login)
    remember(settings)
    print_data(options, {"revoked": count}, f"{count} tokens taken back.")


def _publish_notice(options: argparse.Namespace, settings: Settings) -> None:
    engine = house.open_store(settings)
    with engine.connect() as connection:
        options.until = house.moment_there(connection, house.only_establishment(engine), options.until)
    engine.dispose()
    _set_house(options, settings)


def _set_house(options: argparse.Namespace, settings: Settings) -> None:
    try:
        body = options.asked(options)
    except msgspec.ValidationError as wrong:
        raise Failed(f"{wrong}: nothing was set.") from wrong
    settled = run_typed(settings, body, author=ADMINISTRATOR)
    if settled.refusal:
        raise Failed(f"`{settled.field}` {settled.refusal.partition('_')[0]}: nothing was set.")
    print_data(options, msgspec.to_builtins(body), "Every desk has it now.")


def _rights(options: argparse.Namespace, _settings: Settings) -> None:
    from sync.server.bootstrap.matrix import print_rights

    print_rights(options)


def _check(options: argparse.Namespace, settings: Settings) -> None:
    from app.store.kept_messages import count_kept
    from sync.server.bootstrap import lines
    from sync.server.bootstrap.identity import identity_troubles
    from sync.server.bootstrap.posting_lines import tokens_of

    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    connectors = lines.read_connectors(settings)
    posting = connectors.cti
    tokens_of(posting)
    with engine.connect() as connection:
        unread = {each.line: count_kept(connection, establishment, each.line) for each in posting}
        unread |= lines.unread_voicemails(connection, establishment, connectors)
    told = [
        f"{line}: {count} posted messages could not be read for their `{field}`, and are kept."
        for line, fields in unread.items()
        for field, count in fields.items()
    ]
    troubles = lines.exchange_troubles(settings) | identity_troubles(settings)
    told += [f"{line}: {sentence}" for line, sentences in troubles.items() for sentence in sentences]
    data = {"establishment": establishment, "ok": True, "unread": unread, "exchanges": troubles}
    print_data(options, data, "\n".join([f"{establishment}: the database answers.", *told]))


if __name__ == "__main__":
    sys.exit(main())
