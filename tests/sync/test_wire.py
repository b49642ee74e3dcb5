"""What the version before said is still understood, and what this one says stays within its understanding."""

import msgspec
import pytest

from app.domain.commands import CommandEnvelope, NoteContact
from app.domain.facts import ContactNoted, PlaceSet
from app.domain.ids import derived_id
from app.store.journal import decode_facts
from sync.protocol import MOST_APART, PROTOCOL_VERSION
from sync.protocol.messages import CommandMessage, Page, Session, to_envelope, to_message
from tests.support.samples import sample
from tests.support.scene import MORNING
from tests.sync.wire import Field, breaks, path_of, read_frozen, wire_of_today

_ID = derived_id("wire", "test")
FROZEN = [
    version
    for version in range(max(1, PROTOCOL_VERSION - MOST_APART), PROTOCOL_VERSION + 1)
    if path_of(version).exists()
]
"""The wires a console or a server of this version may meet."""


def test_this_version_and_the_one_before_are_frozen() -> None:
    assert list(range(max(1, PROTOCOL_VERSION - MOST_APART), PROTOCOL_VERSION + 1)) == FROZEN


@pytest.mark.parametrize("version", FROZEN)
def test_nothing_that_was_frozen_is_said_otherwise(version: int) -> None:
    assert breaks(read_frozen(version).shapes, wire_of_today().shapes) == []


@pytest.mark.parametrize("version", FROZEN)
def test_a_server_of_today_takes_every_command_of_then(version: int) -> None:
    for kind, body in read_frozen(version).commands.items():
        message = CommandMessage(id=_ID, kind=kind, made_at=MORNING, author="amina", body=body)
        assert type(to_envelope(message).body).__name__ == kind


@pytest.mark.parametrize("version", FROZEN)
def test_a_console_of_today_reads_every_fact_of_then(version: int) -> None:
    told = read_frozen(version).facts
    facts, unknown = decode_facts([bytes(body) for body in told.values()])
    assert ([type(fact).__name__ for fact in facts], unknown) == (list(told), ())


def test_a_console_reads_past_what_a_newer_server_adds() -> None:
    newer = msgspec.json.decode(msgspec.json.encode(sample(PlaceSet, region="metropole")))
    (fact,), unknown = decode_facts([msgspec.json.encode(newer | {"weather": "fine"})])
    assert (type(fact), unknown) == (PlaceSet, ())
    facts, (kept,) = decode_facts([b'{"kind":"MoonSeen","phase":"full"}', msgspec.json.encode(newer)])
    assert (len(facts), bytes(kept)) == (1, b'{"kind":"MoonSeen","phase":"full"}')
    page = b'{"entries":[{"position":3,"command_id":"c","facts":[],"mood":1}],"head":"e.3","more":{}}'
    assert msgspec.json.decode(page, type=Page).entries[0].position == 3
    session = msgspec.json.decode(msgspec.json.encode(sample(Session)))
    assert msgspec.convert(session | {"photo": "none"}, Session).login == sample(Session).login


class _Noted(NoteContact, frozen=True, kw_only=True, tag="NoteContact"):
    """The same command one version later, which can say a thing more."""

    loudness: int = 0


def test_a_newer_console_is_understood_by_a_server_that_lacks_what_it_does_not_use() -> None:
    said = msgspec.structs.asdict(sample(NoteContact))
    quiet, loud = (msgspec.json.encode(_Noted(**said, loudness=loudness)) for loudness in (0, 3))
    message = msgspec.structs.replace(_message(), body=msgspec.Raw(quiet))
    assert to_envelope(message).body == sample(NoteContact)
    # What it does use would be lost without a word: it is refused by its name, and its author told.
    with pytest.raises(msgspec.ValidationError, match="loudness"):
        to_envelope(msgspec.structs.replace(message, body=msgspec.Raw(loud)))
    with pytest.raises(msgspec.ValidationError, match="MoonWatch"):
        to_envelope(msgspec.structs.replace(message, kind="MoonWatch"))


def _message() -> CommandMessage:
    return to_message(CommandEnvelope(id=_ID, made_at=MORNING, author="amina", body=sample(NoteContact)))


def test_a_wire_that_breaks_the_one_before_is_found_out() -> None:
    before = wire_of_today().shapes
    noted = before[ContactNoted.__name__]
    name = next(name for name, field in noted.items() if not field.is_required)
    for changed, told in (
        ({one: field for one, field in noted.items() if one != name}, f"{name} is gone"),
        (noted | {"loudness": Field("int", is_required=True)}, "loudness is new and has no default"),
        (noted | {name: Field("something else")}, "something else"),
        (noted | {"channel": Field("word", is_required=True, words=("desk",))}, "can't be"),
    ):
        (fault, *_) = breaks(before, before | {ContactNoted.__name__: changed})
        assert told in fault
    assert breaks(before, {kind: shape for kind, shape in before.items() if kind != "PlaceSet"}) == [
        "PlaceSet is gone"
    ]
    assert breaks(before, before | {"MoonSeen": {"phase": Field("str", is_required=True)}}) == []
