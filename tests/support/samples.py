"""One of each kind of message, filled with what its types allow: for tests that walk a whole catalogue."""

from datetime import timedelta
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from app.domain.ids import derived_id
from tests.support.scene import MORNING

Kind = TypeVar("Kind", bound=msgspec.Struct)
_ID = derived_id("sample", "nothing")


def sample(kind: type[Kind], **given: Any) -> Kind:
    """A message of this kind: its required fields filled, and those of these names set as given."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    filled = {each.name: _value(each.type) for each in info.fields if each.required}
    named = {each.name: given[each.name] for each in info.fields if each.name in given}
    return kind(**(filled | named))


def _value(kind: inspect.Type) -> Any:
    match kind:
        case inspect.Metadata():
            return _value(kind.type)
        case inspect.StrType(pattern=str(pattern)):
            return "01" if pattern == r"^\d\d$" else _ID
        case inspect.StrType():
            return "x" * (kind.min_length or 1)
        case inspect.EnumType():
            return next(iter(kind.cls))
        case inspect.VarTupleType():
            return (_value(kind.item_type),) * (kind.min_length or 0)
        case inspect.StructType():
            return sample(kind.cls)
        case inspect.UnionType():
            is_optional = any(isinstance(one, inspect.NoneType) for one in kind.types)
            return None if is_optional else _value(kind.types[0])
        case _:
            return _PLAIN[type(kind)]


_PLAIN: dict[type[inspect.Type], Any] = {
    inspect.DateTimeType: MORNING,
    inspect.TimeDeltaType: timedelta(seconds=1),
    inspect.IntType: 1,
}
