"""What an administrator types to change a key that every desk, or every voicemail, depends on."""

import secrets
from argparse import Namespace
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from app.domain.commands import ChangeNumberKey, RekeyDesk
from app.settings import Settings
from app.store import voicemails
from app.store.engine import writing
from app.store.reading import read_house_words
from sync.server.auth.seals import Broken, Seal
from sync.server.bootstrap import house
from sync.server.bootstrap.telling import Failed, add_command, print_data
from sync.server.bootstrap.typed_commands import ADMINISTRATOR, leave_trace, run_typed
from sync.server.bootstrap.voicemail_keys import VoicemailKeys
from sync.server.bootstrap.voicemails import KEY_NAME, open_kept

AT_ONCE = 50
"""Voicemails sealed anew in one transaction: what a kill would have done again."""


def add_keys(commands: Any) -> None:
    """`keys rotate voicemail` and `keys rotate numbers`."""
    keys = commands.add_parser("keys", help="keys of the house").add_subparsers(
        required=True, metavar="ACTION"
    )
    which = keys.add_parser("rotate", help="change one").add_subparsers(required=True, metavar="KEY")
    parser = add_command(
        which, "voicemail", _rotate_voicemail, "Seal every voicemail with a new key; may be typed again."
    )
    parser.add_argument(
        "--prepare",
        action="store_true",
        help="only make the key, to be copied to the house's other servers before it is used",
    )
    add_command(
        which, "numbers", _rotate_numbers, "Hash the numbers that desks know with a new key, while they work."
    )


def rekey_desk(options: Namespace, settings: Settings) -> None:
    """`desk rekey ID`: have a desk put its own files under a new key."""
    from sync.server.auth.desks import list_desks

    engine = house.open_store(settings)
    with engine.connect() as connection:
        known = {row.id for row in list_desks(connection, house.only_establishment(engine))}
    if options.id not in known:
        raise Failed(f"There is no desk {options.id}.")
    run_typed(settings, RekeyDesk(desk=options.id), author=ADMINISTRATOR)
    print_data(options, {"asked": options.id}, f"{options.id} changes its key as soon as it hears of it.")


def _rotate_numbers(options: Namespace, settings: Settings) -> None:
    settled = run_typed(settings, ChangeNumberKey(secret=secrets.token_hex(32)), author=ADMINISTRATOR)
    told = {"position": settled.position}
    print_data(options, told, "The numbers have a new key; every desk takes a new copy of its scope.")


def _rotate_voicemail(options: Namespace, settings: Settings) -> None:
    engine = house.open_store(settings)
    establishment, keys = house.only_establishment(engine), VoicemailKeys(settings.data_dir)
    with engine.connect() as connection:
        name = read_house_words(connection, establishment).get(KEY_NAME, "")
    if not name:
        raise Failed("No voicemail was ever kept: there is no key to change.")
    if keys.find(name) is None:
        raise Failed(f"{keys.path} does not hold the key {name}: nothing was changed.")
    leave_trace(settings, f"keys rotate voicemail{' --prepare' * options.prepare}", name)
    if options.prepare:
        new = _next_of(keys, name) or keys.add()
        told = f"{keys.path} holds the key {new.name} too: copy it to the other servers, then rotate."
        print_data(options, {"prepared": new.name}, told)
        return
    _finish(options, engine, establishment, keys, _begin(engine, establishment, keys, name))


def _next_of(keys: VoicemailKeys, name: str) -> Seal | None:
    return next((seal for seal in keys.seals() if seal.name != name), None)


def _begin(engine: sa.Engine, establishment: str, keys: VoicemailKeys, name: str) -> Seal:
    """The key that seals from now on; a change that was cut short goes on with the one it had."""
    in_use = keys.find(name)
    if in_use is not None and keys.names[0] != name:
        return in_use
    new = _next_of(keys, name) or keys.add()
    voicemails.change_key_name(engine, establishment, KEY_NAME, key=new.name)
    return new


def _finish(
    options: Namespace, engine: sa.Engine, establishment: str, keys: VoicemailKeys, new: Seal
) -> None:
    resealed, unread = seal_anew(engine, establishment, keys, new)
    apart = keys.retire(but=new.name)
    told = [f"{resealed} voicemails are sealed with the key {new.name}, and with no other."]
    told += [f"{unread} are opened by no key, and were left."] if unread else []
    told += [f"A backup older than today needs {place}: put it in safety, away from here." for place in apart]
    data = {"key": new.name, "sealed": resealed, "unread": unread, "apart": apart}
    print_data(options, data, "\n".join(told))


def seal_anew(
    engine: sa.Engine,
    establishment: str,
    keys: VoicemailKeys,
    new: Seal,
    *,
    after_each: Callable[[], None] = lambda: None,
) -> tuple[int, int]:
    """Seal with one key whatever another opens, a few at a time; how many were, how many nothing opens."""
    resealed = unread = 0
    after = ""
    while True:
        with writing(engine) as connection:
            some = voicemails.read_sealed(connection, establishment, after=after, most=AT_ONCE)
            for stored in some:
                if _is_opened_by(new, stored):
                    continue
                plain = open_kept(keys, stored)
                if plain is None:
                    unread += 1
                    continue
                sealed = new.close(plain, about=stored.message)
                again = voicemails.Stored(contact=stored.contact, message=stored.message, sealed=sealed)
                voicemails.reseal(connection, establishment, again)
                resealed += 1
        if not some:
            return resealed, unread
        after = some[-1].contact
        after_each()


def _is_opened_by(seal: Seal, stored: voicemails.Stored) -> bool:
    try:
        seal.open(stored.sealed, about=stored.message)
    except Broken:
        return False
    return True
