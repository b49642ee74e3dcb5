"""One contract for every line: the same scene gives the same commands."""

from collections.abc import Callable

import pytest

from tests.server.connectors.lines import (
    CALLER,
    WELCOME,
    Act,
    AsteriskScene,
    Line,
    SimulatedScene,
    Told,
    contact_of,
    summary,
)

ARRIVED = ("RegisterCall", "accueil", WELCOME, CALLER)
IN_HAND: list[Act] = [("arrive", CALLER), ("ring", "101"), ("answer", "101")]
TAKEN: list[Told] = [ARRIVED, ("RegisterRing", "101"), ("RegisterAnswer", "101")]
SCENES: dict[str, tuple[list[Act], list[Told]]] = {
    "answered": (
        [("arrive", CALLER), ("ring", "101"), ("answer", "101"), ("hang_up", "")],
        [ARRIVED, ("RegisterRing", "101"), ("RegisterAnswer", "101"), ("RegisterEnd", "hung_up")],
    ),
    "abandoned": (
        [("arrive", CALLER), ("ring", "101"), ("hang_up", "")],
        [ARRIVED, ("RegisterRing", "101"), ("RegisterEnd", "abandoned")],
    ),
    "abandoned before any ring": (
        [("arrive", CALLER), ("hang_up", "")],
        [ARRIVED, ("RegisterEnd", "abandoned")],
    ),
    "missed": (
        [("arrive", CALLER), ("ring", "101"), ("ring", "102"), ("let_go", "")],
        [ARRIVED, ("RegisterRing", "101"), ("RegisterRing", "102"), ("RegisterEnd", "missed")],
    ),
    "missed, then a message": (
        [("arrive", CALLER), ("ring", "101"), ("no_answer", "101"), ("leave_message", ""), ("let_go", "")],
        [
            ARRIVED,
            ("RegisterRing", "101"),
            ("RegisterNoAnswer", "101"),
            ("RegisterVoicemail",),
            ("RegisterEnd", "missed"),
        ],
    ),
    "overflow": (
        [("arrive", CALLER), ("overflow", "orthopedie"), ("ring", "102"), ("answer", "102"), ("hang_up", "")],
        [
            ARRIVED,
            ("RegisterOverflow", "accueil", "orthopedie"),
            ("RegisterRing", "102"),
            ("RegisterAnswer", "102"),
            ("RegisterEnd", "hung_up"),
        ],
    ),
    "held and retrieved": (
        [*IN_HAND, ("hold", "101"), ("retrieve", "101"), ("hold", "101"), ("hang_up", "")],
        [
            *TAKEN,
            ("RegisterHold", "101"),
            ("RegisterRetrieval", "101"),
            ("RegisterHold", "101"),
            ("RegisterEnd", "hung_up"),
        ],
    ),
    "back to a caller who never waited": (
        [*IN_HAND, ("retrieve", "101"), ("hang_up", "")],
        [*TAKEN, ("RegisterEnd", "hung_up")],
    ),
    "given without a word": (
        [*IN_HAND, ("transfer", "101 102"), ("hang_up", "")],
        [
            *TAKEN,
            ("RegisterTransfer", "blind", "101", "102"),
            ("RegisterRing", "102"),
            ("RegisterEnd", "hung_up"),
        ],
    ),
    "announced and given": (
        [*IN_HAND, ("hold", "101"), ("transfer_announced", "101 102"), ("hang_up", "")],
        [
            *TAKEN,
            ("RegisterHold", "101"),
            ("RegisterTransfer", "attended", "101", "102"),
            ("RegisterAnswer", "102"),
            ("RegisterEnd", "hung_up"),
        ],
    ),
    "still ringing": (
        [("arrive", CALLER), ("ring", "101")],
        [ARRIVED, ("RegisterRing", "101")],
    ),
}


@pytest.fixture(params=[AsteriskScene, SimulatedScene])
def line(request: pytest.FixtureRequest) -> Line:
    make: Callable[[], Line] = request.param
    return make()


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_gives_its_commands_in_order(line: Line, scene: str) -> None:
    acts, expected = SCENES[scene]
    assert [summary(envelope) for envelope in line.play("1795312345.7", acts)] == expected


@pytest.mark.parametrize("scene", SCENES)
def test_an_act_told_twice_is_one_command(line: Line, scene: str) -> None:
    acts, expected = SCENES[scene]
    doubled = [act for act in acts for _ in range(2)]
    assert [summary(envelope) for envelope in line.play("1795312345.7", doubled)] == expected


@pytest.mark.parametrize("hidden", ["anonymous", "", "<unknown>"])
def test_a_hidden_number_is_passed_on_as_it_was_said(line: Line, hidden: str) -> None:
    told = line.play("1795312345.7", [("arrive", hidden), ("ring", "101")])
    assert [summary(envelope) for envelope in told] == [
        ("RegisterCall", "accueil", WELCOME, hidden),
        ("RegisterRing", "101"),
    ]


def test_the_commands_of_a_call_name_one_contact_and_have_their_own_ids(line: Line) -> None:
    told = line.play("1795312345.7", SCENES["answered"][0])
    assert len({contact_of(envelope) for envelope in told}) == 1
    assert len({envelope.id for envelope in told}) == len(told)
    assert {envelope.author for envelope in told} == {"line:standard"}


def test_two_calls_are_two_contacts(line: Line) -> None:
    acts = SCENES["answered"][0]
    told = line.play("1795312345.7", acts) + line.play("1795312346.9", acts)
    assert len({contact_of(envelope) for envelope in told}) == 2
    assert len({envelope.id for envelope in told}) == len(told)


def test_what_comes_after_the_end_is_not_news(line: Line) -> None:
    acts = [*SCENES["abandoned"][0], ("ring", "102"), ("answer", "102"), ("hang_up", "")]
    assert [summary(envelope) for envelope in line.play("1795312345.7", acts)] == SCENES["abandoned"][1]


def test_a_number_longer_than_any_is_cut_not_refused(line: Line) -> None:
    told = line.play("1795312345.7", [("arrive", "9" * 5000)])
    assert summary(told[0])[3] == "9" * 200
