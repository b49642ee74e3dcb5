"""Stories that end with what is said of two records of one human: signalled, merged, parted, sorted."""

from collections.abc import Callable

from app.domain import commands as c
from app.domain import double_commands as d
from tests.support.scene import JEANNE, PAUL
from tests.sync.story import Story

SUPERVISOR = "n.bourdin"


def _merged(story: Story) -> None:
    story.do(d.MergePersons(person=PAUL, into=JEANNE), SUPERVISOR)


def _parted(story: Story) -> None:
    _merged(story)
    story.do(d.UnmergePersons(person=PAUL), SUPERVISOR)


def _no_longer_told_apart(story: Story) -> None:
    act = story.do(d.RejectDouble(person=PAUL, other=JEANNE), SUPERVISOR)
    story.do(d.WithdrawRejection(person=JEANNE, other=PAUL, act=act), SUPERVISOR)


def _sorted(story: Story) -> None:
    _merged(story)
    contact = story.call(ended=True)
    story.do(c.IdentifyCaller(contact=contact, person=JEANNE))
    story.do(d.UnmergePersons(person=PAUL), SUPERVISOR)
    story.do(d.SettleTriage(item=contact, person=PAUL), SUPERVISOR)


DOUBLES: dict[type, Callable[[Story], object]] = {
    d.SignalDouble: lambda story: story.do(d.SignalDouble(person=PAUL, other=JEANNE)),
    d.RejectDouble: lambda story: story.do(d.RejectDouble(person=PAUL, other=JEANNE), SUPERVISOR),
    d.WithdrawRejection: _no_longer_told_apart,
    d.MergePersons: _merged,
    d.UnmergePersons: _parted,
    d.SettleTriage: _sorted,
}
