"""What is said on the wire, as it was frozen: `python -m tests.sync.wire` writes it, a test holds to it."""

from pathlib import Path
from typing import Any, TypeAlias, get_args

import msgspec
from msgspec import inspect

from app.domain.commands import AnyCommand
from app.domain.facts import AnyFact
from app.store.bundles import Bundle
from sync.protocol import PROTOCOL_VERSION, messages
from tests.support.samples import sample

HERE = Path(__file__).parent
COMMANDS: tuple[type[msgspec.Struct], ...] = get_args(AnyCommand)
FACTS: tuple[type[msgspec.Struct], ...] = get_args(AnyFact)
MESSAGES: tuple[type[msgspec.Struct], ...] = (
    messages.Credentials,
    messages.Session,
    messages.CommandMessage,
    messages.Enrolled,
    messages.CommandState,
    messages.EntryMessage,
    messages.Page,
    messages.Beat,
    messages.Bye,
    messages.SnapshotStart,
    messages.SnapshotPart,
    messages.SnapshotNumbers,
    messages.SnapshotEnd,
    Bundle,
)
KINDS = {kind.__name__: kind for kind in (*COMMANDS, *FACTS, *MESSAGES)}


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said in one place: its type in words, whether it must be there, and the words it may be."""

    type: str
    is_required: bool = False
    words: tuple[str, ...] = ()


Shape: TypeAlias = dict[str, Field]


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """One version's wire: the shape of every kind, and one of each command and fact as bytes."""

    version: int
    shapes: dict[str, Shape]
    commands: dict[str, msgspec.Raw]
    facts: dict[str, msgspec.Raw]


def path_of(version: int) -> Path:
    """Where a version's wire is frozen."""
    return HERE / f"v{version}.json"


def read_frozen(version: int) -> Frozen:
    """What was frozen of a version."""
    return msgspec.json.decode(path_of(version).read_bytes(), type=Frozen)


def wire_of_today() -> Frozen:
    """As this version speaks."""
    return Frozen(
        version=PROTOCOL_VERSION,
        shapes={name: shape_of(kind) for name, kind in sorted(KINDS.items())},
        commands={kind.__name__: _sampled(kind) for kind in COMMANDS},
        facts={kind.__name__: _sampled(kind) for kind in FACTS},
    )


def _sampled(kind: type[msgspec.Struct]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(sample(kind)))


def shape_of(kind: type[msgspec.Struct]) -> Shape:
    """Each of its fields."""
    told = inspect.type_info(kind)
    assert isinstance(told, inspect.StructType)
    return {each.encode_name: _field(each) for each in told.fields}


def _field(each: inspect.Field) -> Field:
    words: list[str] = []
    return Field(type=_said(each.type, words), is_required=each.required, words=tuple(sorted(words)))


def _said(kind: inspect.Type, words: list[str]) -> str:
    """A type in words, with its bounds; what an enumeration may be goes to `words`."""
    match kind:
        case inspect.Metadata():
            return _said(kind.type, words)
        case inspect.EnumType():
            words += [str(one.value) for one in kind.cls]
            return "word"
        case inspect.LiteralType():
            words += [str(value) for value in kind.values]
            return "word"
        case inspect.UnionType():
            return " | ".join(sorted(_said(one, words) for one in kind.types))
        case inspect.VarTupleType() | inspect.ListType():
            return f"list of {_said(kind.item_type, words)}"
        case inspect.TupleType():
            return f"({', '.join(_said(one, words) for one in kind.item_types)})"
        case inspect.DictType():
            return f"{_said(kind.key_type, words)} to {_said(kind.value_type, words)}"
        case inspect.StructType():
            return kind.cls.__name__
        case _:
            bounds = {name: _bound(kind, name) for name in _BOUNDS}
            narrowed = [f"{name} {value}" for name, value in bounds.items() if value is not None]
            return " ".join([type(kind).__name__.removesuffix("Type").lower(), *narrowed])


_BOUNDS = ("min_length", "max_length", "pattern", "ge", "le", "tz")


def _bound(kind: inspect.Type, name: str) -> Any:
    return getattr(kind, name, None)


def breaks(before: dict[str, Shape], now: dict[str, Shape]) -> list[str]:
    """What one version said that the other would not understand; nothing when only more is said."""
    faults = [f"{kind} is gone" for kind in before if kind not in now]
    for kind, shape in before.items():
        faults += _faults_of(kind, shape, now.get(kind, shape))
    return faults


def _faults_of(kind: str, before: Shape, now: Shape) -> list[str]:
    faults = [f"{kind}.{name} is gone" for name in before if name not in now]
    faults += [
        f"{kind}.{name} is new and has no default"
        for name, field in now.items()
        if name not in before and field.is_required
    ]
    for name in before.keys() & now.keys():
        old, new = before[name], now[name]
        if old.type != new.type:
            faults.append(f"{kind}.{name} was {old.type}, and is {new.type}")
        if lost := sorted(set(old.words) - set(new.words)):
            faults.append(f"{kind}.{name} can't be {', '.join(lost)} any more")
        if new.is_required and not old.is_required:
            faults.append(f"{kind}.{name} must be there now")
    return faults
