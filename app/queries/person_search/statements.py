"""The statements of the search: each seeks in one index, and none reads more than its answer."""

from functools import cache
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.domain.names import LAST, FormKind
from app.store import tables
from app.store.lifted import is_shown
from app.store.prepared import Prepared, constant, given, given_number

_p, _line = tables.person.c, tables.timeline.c
_form, _number = tables.person_form, tables.person_number
_LAST_DIGIT = "9" * 16


class EachText(FunctionElement[str]):
    """A JSON list of texts as rows with one column, `value`."""

    name = "each_text"
    inherit_cache = True


@compiles(EachText, "sqlite")
def _on_sqlite(element: EachText, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(EachText, "postgresql")
def _on_postgresql(element: EachText, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS json))"


def _each_text(name: str) -> Any:
    return EachText(given(name)).table_valued("value")


_TRAITS = (
    _p.id,
    _p.birth_name,
    _p.first_given_name,
    _p.used_name,
    _p.used_first_name,
    _p.birth_date,
    _p.sex,
    _p.birth_place,
    _p.ipp,
    _p.doubt,
    _p.protection,
    _p.same_as,
)


def _shown(source: sa.FromClause, *, narrowed: frozenset[str]) -> sa.Select[*tuple[Any, ...]]:
    """Persons that a desk may be shown; `narrowed` to services or a used name."""
    return (
        sa.select(*_TRAITS)
        .select_from(source)
        .where(is_shown(tables.person), *_narrowing(_p.id, narrowed))
        .limit(given_number("most"))
    )


def _narrowing(person: Any, narrowed: frozenset[str]) -> list[sa.ColumnElement[bool]]:
    held = [_held(person)] if "scope" in narrowed else []
    return [*held, *([_uses(person)] if "used" in narrowed else [])]


def _held(person: Any) -> sa.ColumnElement[bool]:
    scope, services = tables.person_scope.c, _each_text("services")
    return (
        sa.select(scope.person)
        .where(
            scope.establishment == given("establishment"),
            scope.person == person,
            scope.service.in_(sa.select(services.c.value)),
        )
        .exists()
    )


def _uses(person: Any) -> sa.ColumnElement[bool]:
    """Whether a person goes by the name said beside the birth name."""
    used = _form.alias("used").c
    return (
        sa.select(used.person)
        .where(
            used.establishment == given("establishment"),
            used.person == person,
            used.kind == constant(FormKind.USED),
            used.form >= given("used"),
            used.form <= given("used") + constant(LAST),
        )
        .exists()
    )


def _is_visible(person: Any) -> sa.ColumnElement[bool]:
    other = tables.person.alias("seen")
    seen = other.c
    return (
        sa.select(seen.id)
        .where(
            seen.establishment == given("establishment"),
            seen.id == person,
            is_shown(other),
        )
        .exists()
    )


def _of_form(form: Any) -> sa.ColumnElement[bool]:
    return sa.and_(form.establishment == given("establishment"), form.kind == given("kind"))


def _begins(column: sa.ColumnElement[str], name: str) -> sa.ColumnElement[bool]:
    return sa.and_(column >= given(name), column <= given(name) + constant(LAST))


def _with_person(form: Any) -> sa.FromClause:
    on = sa.and_(_p.establishment == form.c.establishment, _p.id == form.c.person)
    return form.join(tables.person, on)


@cache
def by_name(narrowed: frozenset[str]) -> Prepared:
    """Persons one of whose names begins with a form, in the order of the forms."""
    found = _shown(_with_person(_form), narrowed=narrowed).where(
        _of_form(_form.c), _begins(_form.c.form, "form")
    )
    return Prepared(_dated(found, _form.c, narrowed).order_by(_form.c.form, _form.c.other, _form.c.person))


@cache
def by_two_names(narrowed: frozenset[str]) -> Prepared:
    """Persons who have one of these forms, and beside it a name that begins with the other.

    Forms are given and persons looked up one by one: joined, SQLite would read them all first to
    make a filter.
    """
    hit, forms = _form.alias("hit"), _each_text("forms")
    found = (
        sa.select(hit.c.person)
        .where(
            _of_form(hit.c),
            hit.c.form.in_(sa.select(forms.c.value)),
            _begins(hit.c.other, "other"),
            _is_visible(hit.c.person),
            *_narrowing(hit.c.person, narrowed),
        )
        .limit(given_number("most"))
    )
    within = _dated(found, hit.c, narrowed).scalar_subquery()
    return Prepared(sa.select(*_TRAITS).where(_p.establishment == given("establishment"), _p.id.in_(within)))


def _dated(
    found: sa.Select[*tuple[Any, ...]], form: Any, narrowed: frozenset[str]
) -> sa.Select[*tuple[Any, ...]]:
    if "date" not in narrowed:
        return found
    return found.where(
        form.birth_date >= given("birth_date"), form.birth_date <= given("birth_date") + constant("-99")
    )


def _each_form_once() -> Any:
    """Step from a form of a kind to the next different one: a common name costs no more than a rare one."""
    kinds, first, step = _each_text("kinds"), _form.alias("first"), _form.alias("step")
    kind = kinds.c.value
    start = _next_form(first, kind, first.c.form >= given("form")).correlate(kinds).scalar_subquery()
    forms = sa.select(kind.label("kind"), start.label("form")).cte("forms", recursive=True)
    following = _next_form(step, forms.c.kind, step.c.form > forms.c.form).correlate(forms).scalar_subquery()
    is_begun = forms.c.form <= given("form") + constant(LAST)
    return forms.union_all(sa.select(forms.c.kind, following).where(is_begun))


def _next_form(form: Any, kind: Any, *among: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    of_kind = sa.and_(form.c.establishment == given("establishment"), form.c.kind == kind)
    return sa.select(form.c.form).where(of_kind, *among).order_by(form.c.form).limit(1)


def _forms() -> sa.Select[*tuple[Any, ...]]:
    """The different forms that begin so, and of which kind of name each is."""
    forms = _each_form_once()
    return sa.select(forms.c.kind, forms.c.form).where(forms.c.form <= given("form") + constant(LAST))


def _following() -> sa.Select[*tuple[Any, ...]]:
    """For each of these beginnings, one longer form for each letter that follows it in a name known here."""
    begun, first, step = _each_text("beginnings"), _form.alias("first"), _form.alias("step")
    beginning = begun.c.value
    start = _next_form(
        first, given("kind"), first.c.form > beginning, first.c.form <= beginning + constant(LAST)
    )
    forms = sa.select(
        beginning.label("beginning"), start.correlate(begun).scalar_subquery().label("form")
    ).cte("forms", recursive=True)
    letter = sa.func.substr(forms.c.form, 1, sa.func.length(forms.c.beginning) + sa.literal_column("1"))
    following = _next_form(
        step,
        given("kind"),
        step.c.form > letter + constant(LAST),
        step.c.form <= forms.c.beginning + constant(LAST),
    )
    each = forms.union_all(
        sa.select(forms.c.beginning, following.correlate(forms).scalar_subquery()).where(
            forms.c.form.is_not(None)
        )
    )
    return sa.select(each.c.beginning, each.c.form).where(each.c.form.is_not(None))


def _meant() -> sa.Select[*tuple[Any, ...]]:
    """Which of the corrections begin a name of this hospital, and the shortest such name."""
    word, form = _each_text("words"), _form.alias("known")
    known = (
        sa.select(form.c.form)
        .where(_of_form(form.c), form.c.form >= word.c.value, form.c.form <= word.c.value + constant(LAST))
        .order_by(form.c.form)
        .limit(1)
        .correlate(word)
        .scalar_subquery()
    )
    found = sa.select(word.c.value.label("word"), known.label("form")).subquery("found")
    return sa.select(found.c.word, found.c.form).where(found.c.form.is_not(None))


@cache
def by_birth_date(narrowed: frozenset[str]) -> Prepared:
    """Persons born on a whole date."""
    found = _shown(tables.person, narrowed=narrowed).where(
        _p.establishment == given("establishment"), _p.birth_date == given("birth_date")
    )
    return Prepared(found.order_by(_p.birth_name))


@cache
def by_file_number(narrowed: frozenset[str]) -> Prepared:
    """Persons whose file number begins so."""
    found = _shown(tables.person, narrowed=narrowed).where(
        _p.establishment == given("establishment"),
        _p.ipp >= given("ipp"),
        _p.ipp <= given("ipp") + constant(_LAST_DIGIT),
    )
    return Prepared(found.order_by(_p.ipp))


@cache
def by_number(narrowed: frozenset[str]) -> Prepared:
    """Persons who use a number that begins so."""
    used_by = sa.and_(_number.c.establishment == _p.establishment, _number.c.person == _p.id)
    found = _shown(_number.join(tables.person, used_by), narrowed=narrowed).where(
        _number.c.establishment == given("establishment"),
        _number.c.number >= given("number"),
        _number.c.number <= given("number") + constant(_LAST_DIGIT),
        _number.c.until == constant(""),
    )
    return Prepared(found.order_by(_number.c.number, _number.c.person))


_asked = _each_text("persons")
_any = tables.timeline.alias("any_line")
_newest = (
    sa.select(sa.func.max(_any.c.at))
    .where(_any.c.establishment == given("establishment"), _any.c.person == _asked.c.value)
    .scalar_subquery()
)
_is_newest = sa.and_(
    _line.establishment == given("establishment"), _line.person == _asked.c.value, _line.at == _newest
)
LAST_CONTACT = Prepared(
    sa.select(_line.person, _line.at, _line.channel).select_from(_asked.join(tables.timeline, _is_newest))
)
KEPT = Prepared(
    sa.select(*_TRAITS).where(
        _p.establishment == given("establishment"), _p.id == given("person"), is_shown(tables.person)
    )
)
MEANT = Prepared(_meant())
FORMS = Prepared(_forms())
FOLLOWING = Prepared(_following())


def _every(*flags: str) -> list[frozenset[str]]:
    return [frozenset(some) for count in range(len(flags) + 1) for some in combinations(flags, count)]


STATEMENTS = (
    LAST_CONTACT,
    KEPT,
    MEANT,
    FORMS,
    FOLLOWING,
    *(make(narrowed) for make in (by_name, by_two_names) for narrowed in _every("date", "scope", "used")),
    *(
        make(narrowed)
        for make in (by_birth_date, by_file_number, by_number)
        for narrowed in _every("scope", "used")
    ),
)
"""For the test that keeps them free of scans."""
