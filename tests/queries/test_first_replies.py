"""« Première réponse écrite » is what the facts say: in opening hours, by whoever answered, and however."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.commands import (
    AnyCommand,
    LogMotive,
    NoteContact,
    RegisterAnswer,
    RegisterEnd,
    RegisterOutgoingCall,
    SetOpeningHours,
)
from app.domain.indicators import Indicator
from app.domain.words import Channel, Direction, Ending, Outcome
from app.queries.first_replies import reply_report
from tests.support.oracle import journal_facts, letters, reply_waits
from tests.support.scene import JEANNE, MARTINE, MARTINES_NUMBER, PAUL, SHARED_NUMBER, Scene
from tests.support.stores import engine, quick_engine

__all__ = ["engine", "quick_engine"]

PARIS = ZoneInfo("Europe/Paris")
HOUR = timedelta(hours=1)
FRIDAY_EVENING = datetime(2026, 11, 20, 17, 0, tzinfo=PARIS).astimezone(UTC)
SINCE, UNTIL = FRIDAY_EVENING - 12 * HOUR, FRIDAY_EVENING + 8 * timedelta(days=1)
OPENS, CLOSES = 8, 18


def worked(service: str, since: datetime, until: datetime) -> timedelta:
    """Minute by minute: orthopaedics opens on weekdays from 8 to 18 in Paris, the others always."""
    if service != "orthopedie":
        return until - since
    minute = timedelta(minutes=1)
    moments = [(since + count * minute).astimezone(PARIS) for count in range(int((until - since) / minute))]
    return minute * sum(at.weekday() < 5 and OPENS <= at.hour < CLOSES for at in moments)


def house(engine: sa.Engine) -> Scene:
    scene = Scene(engine)
    scene.run(SetOpeningHours(service="orthopedie", hours=f"1-5 {OPENS:02}:00-{CLOSES}:00"))
    return scene


def write(scene: Scene, at: datetime, **values: object) -> str:
    """A message of Martine's to orthopaedics, or what `values` say of it."""
    contact = scene.new_id()
    note = NoteContact(
        contact=contact,
        channel=Channel.EMAIL,
        service="orthopedie",
        person=MARTINE,
        text="Bonjour",
        happened_at=at,
    )
    scene.clock.move(max(at - scene.clock.now(), timedelta()))
    tell(scene, msgspec.structs.replace(note, **values))
    return contact


def tell(scene: Scene, body: AnyCommand) -> None:
    assert not scene.run(body).refusal


def call(scene: Scene, at: datetime, number: str, *, is_answered: bool) -> None:
    """We call that number, and reach it or not."""
    contact = scene.new_id()
    tell(scene, RegisterOutgoingCall(contact=contact, extension="4101", number_raw=number, at=at))
    if is_answered:
        tell(scene, RegisterAnswer(contact=contact, extension="4101", at=at))
    tell(scene, RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=at + HOUR / 60))


def told(scene: Scene, service: str = "orthopedie") -> tuple[float | None, int | None, float | None]:
    """The median in hours, the messages it is of, and those without an answer."""
    with scene.engine.connect() as connection:
        found = reply_report(connection, scene.establishment, since=SINCE, until=UNTIL)
    (one,) = [each for each in found if each.service == service]
    given = {figure.name: figure for figure in one.figures}
    median = given[Indicator.FIRST_REPLY]
    hours = None if median.value is None else median.value / 3600
    return hours, median.base, given[Indicator.UNANSWERED].value


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    return house(engine)


def test_a_weekend_is_not_waited_for(scene: Scene) -> None:
    write(scene, FRIDAY_EVENING)
    assert told(scene) == (None, 0, 1)
    write(scene, FRIDAY_EVENING + 64 * HOUR, direction=Direction.OUTBOUND)
    assert told(scene) == (2.0, 1, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"direction": Direction.OUTBOUND, "channel": Channel.SMS},
        {"channel": Channel.DESK},
        {"channel": Channel.PHONE, "direction": Direction.OUTBOUND},
    ],
)
def test_an_answer_may_be_written_elsewhere_or_spoken(scene: Scene, values: dict[str, object]) -> None:
    write(scene, FRIDAY_EVENING)
    write(scene, FRIDAY_EVENING + HOUR, **values)
    assert told(scene) == (1.0, 1, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"direction": Direction.INBOUND},
        {"direction": Direction.OUTBOUND, "channel": Channel.VOICEMAIL},
        {"direction": Direction.OUTBOUND, "person": PAUL},
    ],
)
def test_another_message_a_voicemail_and_a_word_to_somebody_else_answer_nothing(
    scene: Scene, values: dict[str, object]
) -> None:
    write(scene, FRIDAY_EVENING)
    write(scene, FRIDAY_EVENING + HOUR, **values)
    hours, answered, _ = told(scene)
    assert (hours, answered) == (None, 0)


def test_a_call_answers_once_somebody_is_reached(scene: Scene) -> None:
    write(scene, FRIDAY_EVENING, person=None, number_raw=MARTINES_NUMBER)
    call(scene, FRIDAY_EVENING + HOUR / 2, MARTINES_NUMBER, is_answered=False)
    assert told(scene) == (None, 0, 1)
    call(scene, FRIDAY_EVENING + HOUR, MARTINES_NUMBER, is_answered=True)
    assert told(scene) == (1.0, 1, 0)


def test_what_is_said_about_one_demand_does_not_answer_another(scene: Scene) -> None:
    asked = write(scene, FRIDAY_EVENING)
    reply = write(scene, FRIDAY_EVENING + HOUR, direction=Direction.OUTBOUND)
    for contact, motive in ((asked, "41"), (reply, "21")):
        case = scene.new_id()
        logged = LogMotive(
            contact=contact,
            motive=motive,
            outcome=Outcome.FOLLOW_UP,
            service="orthopedie",
            case=case,
            case_title=motive,
        )
        tell(scene, logged)
    assert told(scene) == (None, 0, 1)


PEOPLE = st.sampled_from([MARTINE, PAUL, JEANNE, None])
NOTES = st.tuples(
    st.integers(0, 9 * 24 * 60),
    st.sampled_from(
        [Channel.EMAIL, Channel.SMS, Channel.PORTAL, Channel.DESK, Channel.VOICEMAIL, Channel.PHONE]
    ),
    st.sampled_from(Direction),
    st.sampled_from(["orthopedie", "standard"]),
    PEOPLE,
    st.sampled_from(["", MARTINES_NUMBER, SHARED_NUMBER]),
)
CALLS = st.tuples(
    st.integers(0, 9 * 24 * 60), st.sampled_from([MARTINES_NUMBER, SHARED_NUMBER]), st.booleans()
)


def lived(engine: sa.Engine, notes: list[tuple[object, ...]], calls: list[tuple[int, str, bool]]) -> Scene:
    scene = house(engine)
    scene.clock.move(UNTIL + 10 * 24 * HOUR - scene.clock.now())
    for minute, channel, direction, service, person, number in notes:
        write(
            scene,
            FRIDAY_EVENING + int(str(minute)) * HOUR / 60,
            channel=channel,
            direction=direction,
            service=service,
            person=person,
            number_raw=number,
        )
    for minute, number, is_answered in calls:
        call(scene, FRIDAY_EVENING + minute * HOUR / 60, number, is_answered=is_answered)
    return scene


def check(scene: Scene, *, forgotten: int = 0) -> None:
    facts = journal_facts(scene.engine, scene.establishment)
    known = letters(facts[: len(facts) - forgotten])
    for service in ("orthopedie", "standard"):
        waits, left = reply_waits(known, service=service, since=SINCE, until=UNTIL, worked=worked)
        median = waits[(len(waits) - 1) // 2] / HOUR if waits else None
        hours, base, unanswered = told(scene, service)
        assert (base, unanswered) == (len(waits), left)
        assert hours == (None if median is None else pytest.approx(median, abs=1e-4))


@settings(max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(notes=st.lists(NOTES, min_size=4, max_size=16), calls=st.lists(CALLS, max_size=3))
def test_over_random_weeks_the_figures_are_those_of_the_facts(
    quick_engine: sa.Engine, notes: list[tuple[object, ...]], calls: list[tuple[int, str, bool]]
) -> None:
    check(lived(quick_engine, notes, calls))


def test_one_fact_less_is_another_figure(quick_engine: sa.Engine) -> None:
    asked = (0, Channel.EMAIL, Direction.INBOUND, "standard", MARTINE, "")
    scene = lived(quick_engine, [asked, (30, Channel.SMS, Direction.OUTBOUND, "standard", MARTINE, "")], [])
    check(scene)
    with pytest.raises(AssertionError):
        check(scene, forgotten=1)
