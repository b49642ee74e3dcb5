"""Writes a person together with the forms of the names under which that person is sought."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.names import FormKind, compact, forms_of
from app.store import tables
from app.store.rows import Rows

FormRow = dict[str, str]
_SOUGHT = ("birth_name", "used_name", "first_given_name", "used_first_name", "birth_date")


def put_person(rows: Rows, **values: Any) -> None:
    """Set columns of a person, named by `id`, and keep the forms in step with the names."""
    known = rows.get(tables.person, id=values["id"])
    before = {"id": values["id"], **{name: getattr(known, name, "") for name in _SOUGHT}}
    wanted = list(form_rows(before | values))
    rows.put(tables.person, **values)
    for form in form_rows(before):
        if form not in wanted:
            rows.remove(tables.person_form, **_key(form))
    for form in wanted:
        rows.put(tables.person_form, **form)


def form_rows(person: Mapping[str, Any]) -> Iterator[FormRow]:
    """Each form of each name of a person's row, with the name that would be said beside it."""
    given = {
        form for name in ("first_given_name", "used_first_name") for form in forms_of(person.get(name) or "")
    }
    birth = compact(person.get("birth_name") or "")
    seen: set[tuple[str, ...]] = set()
    for kind, name, others in (
        (FormKind.BIRTH, "birth_name", given),
        (FormKind.USED, "used_name", given),
        (FormKind.GIVEN, "first_given_name", {birth}),
        (FormKind.GIVEN, "used_first_name", {birth}),
    ):
        for form in forms_of(person.get(name) or ""):
            for other in sorted(others) or ("",):
                key = (kind, form, other)
                if key not in seen:
                    seen.add(key)
                    yield {
                        "kind": kind,
                        "form": form,
                        "other": other,
                        "person": person["id"],
                        "birth_date": person.get("birth_date") or "",
                    }


def _key(form: FormRow) -> dict[str, str]:
    return {name: form[name] for name in ("kind", "form", "other", "person")}
