"""`filrouge-server person oppose`, and the legal form by which the house may send at all (rules R16)."""

import argparse
from typing import Any

from app.domain.access import is_reason
from app.domain.consent import Choice, LegalForm, Purpose
from app.domain.consent_commands import SetLegalForm, SetPreference
from app.domain.words import Channel
from app.settings import Settings
from sync.server.bootstrap.telling import Failed, add_command, print_data
from sync.server.bootstrap.typed_commands import ADMINISTRATOR, run_typed


def add_oppose(persons: Any) -> None:
    """`person oppose`."""
    parser = add_command(
        persons, "oppose", _oppose, "Write down that a person opposes what is sent (article 21)."
    )
    parser.add_argument("id")
    parser.add_argument(
        "--purpose", action="append", choices=list(Purpose), help="may be repeated (default: every purpose)"
    )
    parser.add_argument(
        "--channel", action="append", choices=list(Channel), help="may be repeated (default: every channel)"
    )
    parser.add_argument(
        "--said-by", default=Channel.LETTER.value, choices=list(Channel), help="where they said it (letter)"
    )
    parser.add_argument("--reason", required=True, help="why, kept in the journal")


def add_legal_form(commands: Any) -> None:
    """`legal-form`."""
    parser = add_command(
        commands, "legal-form", _set_legal_form, "Say what the establishment is: its legal bases follow."
    )
    parser.add_argument("form", choices=list(LegalForm))


def _oppose(options: argparse.Namespace, settings: Settings) -> None:
    if not is_reason(options.reason):
        raise Failed("`--reason` must say why, in ten letters or more: nothing was written down.")
    body = SetPreference(
        person=options.id,
        purposes=tuple(map(Purpose, options.purpose or Purpose)),
        channels=tuple(map(Channel, options.channel or Channel)),
        choice=Choice.OPPOSED,
        source=Channel(options.said_by),
        reason=options.reason,
    )
    settled = run_typed(settings, body, author=ADMINISTRATOR)
    if settled.refusal:
        raise Failed(f"There is no person {options.id}.")
    data = {
        "opposed": options.id,
        "purposes": body.purposes,
        "channels": body.channels,
        "position": settled.position,
    }
    told = f"{options.id} opposes: {', '.join(body.purposes)}; by: {', '.join(body.channels)}."
    print_data(options, data, told)


def _set_legal_form(options: argparse.Namespace, settings: Settings) -> None:
    settled = run_typed(settings, SetLegalForm(form=LegalForm(options.form)), author=ADMINISTRATOR)
    data = {"form": options.form, "position": settled.position}
    print_data(options, data, f"The establishment is {options.form}.")
