"""The story of a whole day: eighty calls at two desks, a wire cut and put back, and what became of each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.clock import AnchoredClock
from app.demo.calendar import ZONE
from app.demo.day import Course, DayCall, Fate
from app.demo.day_steps import Act, Step, busiest, steps_of
from app.domain.hours import working_day_after
from app.domain.opening import ALWAYS
from app.domain.words import CallState, Outcome
from ui.places import HOME, SUPERVISION
from ui.story.hands import Hands
from ui.story.judge import Judge
from ui.story.player import Script, Until, settle
from ui.story.stage import Stage
from ui.translate import say
from ui.viewmodels.task_page import Tab
from ui.workplace import Workplace

PUT_OFF_AT = timedelta(hours=16, minutes=40)
"""When what can't be kept before the evening is put off."""
CLOSED_AT = timedelta(hours=18, minutes=10)


class WorkingDay:
    """The steps of a day, each done by the telephone or by a desk; what was done is remembered by call."""

    def __init__(
        self,
        stage: Stage,
        desks: Sequence[Hands],
        supervisor: Workplace,
        *,
        day: tuple[DayCall, ...],
        opens_at: datetime,
        clock: AnchoredClock,
        judge: Judge,
    ) -> None:
        self._stage = stage
        self._desks = desks
        self._supervisor = supervisor
        self._day = day
        self._steps = steps_of(day)
        self._opens_at = opens_at
        self._clock = clock
        self._judge = judge
        self._contacts: dict[int, str] = {}
        self._waiting: dict[str, DayCall] = {}
        """What nobody qualified yet, by its contact."""
        self._first_of: dict[int, str] = {}
        """The contact that each story began with."""
        self._demand_of: dict[str, str] = {}
        self._is_put_off = False

    def script(self) -> Script:
        """From the opening of the line until every list is empty."""
        yield from self._begin()
        peak = busiest(self._steps)
        self._stage.notebook.write("day begins", self._desks[0].seat)
        for step in self._steps:
            if not self._is_put_off and step.at >= PUT_OFF_AT:
                yield from self._put_off()
            yield from self._pass_time(step.at)
            yield from self._play(step)
            if step is peak:
                yield from self._show_peak()
        yield from self._end()

    def _begin(self) -> Script:
        yield from self._pass_time(self._steps[0].at - timedelta(minutes=2))
        for hands in self._desks:
            yield _follows(hands)
        self._judge.begin()

    def _show_peak(self) -> Script:
        self._supervisor.rail.place_chosen.emit(SUPERVISION)
        live, before = self._supervisor.supervising.live, self._supervisor.supervising.live.state.board
        yield Until(what="supervision shows the peak", holds=lambda: live.state.board is not before)
        yield settle()
        self._stage.notebook.write("busiest time", self._stage.third)
        self._supervisor.rail.place_chosen.emit(HOME)

    def _end(self) -> Script:
        yield from self._pass_time(CLOSED_AT)
        first = self._desks[0]
        yield from first.sit_down()
        first.place.rail.place_chosen.emit(HOME)
        yield Until(what="the day is shown", holds=first.place.home.isVisible)
        first.place.to_do.refresh()
        yield from self._judge.look()
        yield settle()
        self._stage.notebook.write("day ends", first.seat)
        self._supervisor.rail.place_chosen.emit(SUPERVISION)
        yield settle()
        self._stage.notebook.write("supervision at the end", self._stage.third)

    def _pass_time(self, until: timedelta) -> Script:
        """On the server first: what is said of a moment is never of its future."""
        moment = self._opens_at + until
        passed = self._stage.line("pass_time", until=moment.isoformat())
        yield Until(what="time passes", holds=passed.done)
        passed.result()
        self._clock.leap_to(moment)

    def _play(self, step: Step) -> Script:  # noqa: C901 - one line an act
        match step.act:
            case Act.ARRIVES:
                yield from self._arrives(step)
            case Act.OVERFLOWS:
                yield from self._act("overflow", step, queue="secretariat-orthopedie")
            case Act.RINGS:
                yield from self._act("ring", step, extension=self._hands(step).extension)
                yield from self._seen(step, CallState.RINGING)
            case Act.RINGS_OUT:
                yield from self._act("no_answer", step, extension=self._hands(step).extension)
            case Act.SPEAKS_AFTER_THE_TONE:
                yield from self._act("leave_message", step)
            case Act.LEAVES | Act.LET_GO:
                yield from self._act("hang_up" if step.act is Act.LEAVES else "let_go", step)
                self._waiting[self._contact(step)] = self._call(step)
                if step.act is Act.LET_GO:
                    yield from self._seen(step, CallState.ENDED)
            case Act.ANSWERED | Act.ANSWERED_THERE:
                yield from self._answered(step)
            case Act.HELD:
                yield from self._hands(step).hold_or_retrieve(self._contact(step), CallState.HELD)
            case Act.RETRIEVED:
                yield from self._hands(step).hold_or_retrieve(self._contact(step), CallState.IN_CALL)
            case Act.GIVEN:
                yield from self._hands(step).give()
            case Act.ANNOUNCED:
                yield from self._hands(step).announce()
            case Act.COMPLETED:
                yield from self._hands(step).complete()
                yield self._other(step).sees(self._contact(step), CallState.IN_CALL)
            case Act.DIALLED:
                yield from self._dialled(step)
            case Act.PICKED_UP:
                yield from self._act("answer", step, extension=self._hands(step).extension)
                yield self._hands(step).sees(self._contact(step), CallState.IN_CALL)
            case Act.HANGS_UP:
                yield from self._hangs_up(step)
            case Act.QUALIFIED:
                yield from self._qualified(step)
            case Act.CUT:
                yield from self._cut()
            case Act.MENDED:
                yield from self._mended()
            case Act.LISTS:
                yield from self._close_lists(self._hands(step))

    def _act(self, act: str, step: Step, **values: str) -> Script:
        done = self._stage.line(act, contact=self._contact(step), **values)
        yield Until(what=f"the telephone does « {act} »", holds=done.done)
        done.result()

    def _seen(self, step: Step, state: CallState) -> Script:
        """A desk that has its wire sees what happens at its extension."""
        if not self._hands(step).is_offline:
            yield self._hands(step).sees(self._contact(step), state)

    def _arrives(self, step: Step) -> Script:
        call = self._call(step)
        done = self._stage.line("arrive", number=call.number, queue=call.queue)
        yield Until(what="the call is known", holds=done.done)
        self._know(step, done.result()[0])

    def _answered(self, step: Step) -> Script:
        hands, contact, call = self._hands(step), self._contact(step), self._call(step)
        if hands.is_offline:
            yield from self._act("answer", step, extension=hands.extension)
            return
        yield from hands.answer(contact)
        if step.act is Act.ANSWERED:
            yield from hands.identify(call)

    def _dialled(self, step: Step) -> Script:
        hands, first = self._hands(step), self._first_of[self._call(step).story]
        if self._call(step).keeps:
            yield self._is_listed(hands, first)
            yield from hands.call_back(self._commitment_of(hands, first), tab=Tab.PROMISES)
        else:
            yield from hands.call_back(first, tab=Tab.UNTRACED)
        self._know(step, hands.seat.call.contact)

    def _hangs_up(self, step: Step) -> Script:
        """One caller in two hangs up, the desk the others; a call that was given is the other desk's."""
        is_given = self._call(step).course in (Course.GIVEN, Course.ANNOUNCED)
        hands = self._other(step) if is_given else self._hands(step)
        if hands.is_offline or step.call % 2:
            yield from self._act("hang_up", step)
        else:
            yield from hands.hang_up(self._contact(step))
        if not hands.is_offline:
            yield hands.sees(self._contact(step), CallState.ENDED)

    def _qualified(self, step: Step) -> Script:
        """Without the wire only the call that was here before can be qualified; the others wait."""
        hands, contact, call = self._hands(step), self._contact(step), self._call(step)
        if hands.is_offline and hands.seat.call.contact != contact:
            self._waiting[contact] = call
            return
        outcome = None if call.promises else Outcome.DEALT_WITH
        yield from hands.qualify(contact, call, outcome=outcome)
        self._demand_of.setdefault(contact, hands.demand)
        if call.keeps:
            first = self._first_of[call.story]
            yield self._is_listed(hands, first)
            yield from hands.keep(self._commitment_of(hands, first))
        if call.leaves_message and not hands.is_offline:
            yield from hands.leave_message()

    def _close_lists(self, hands: Hands) -> Script:
        """All that waits, but for those whom somebody will call back first."""
        to_come = {call.story for at, call in enumerate(self._day) if at not in self._contacts}
        for contact, call in list(self._waiting.items()):
            if call.story not in to_come:
                yield from hands.take_up(contact, call)
                del self._waiting[contact]

    def _put_off(self) -> Script:
        self._is_put_off = True
        hands = self._desks[1]
        for call in self._day:
            contact = self._first_of.get(call.story, "")
            if call.fate is Fate.POSTPONED and contact:
                yield self._is_listed(hands, contact)
                yield from hands.postpone(self._commitment_of(hands, contact))

    def _cut(self) -> Script:
        hands = self._desks[0]
        self._stage.cable.cut()
        yield Until(what="the rail says it", holds=lambda: say("Hors ligne") in hands.seat.link_words())
        hands.is_offline = True
        self._stage.notebook.write("wire cut in the afternoon", hands.seat)

    def _mended(self) -> Script:
        hands = self._desks[0]
        self._stage.cable.mend()
        yield _follows(hands)
        hands.is_offline = False
        self._stage.notebook.write("wire back in the afternoon", hands.seat)

    def _commitment_of(self, hands: Hands, contact: str) -> str:
        return hands.commitment_of(contact, self._demand_of.get(contact, ""))

    def _is_listed(self, hands: Hands, contact: str) -> Until:
        return Until(what="the promise is listed", holds=lambda: bool(self._commitment_of(hands, contact)))

    def _know(self, step: Step, contact: str) -> None:
        self._contacts[step.call] = contact
        self._first_of.setdefault(self._call(step).story, contact)

    def _contact(self, step: Step) -> str:
        return self._contacts[step.call]

    def _call(self, step: Step) -> DayCall:
        return self._day[step.call]

    def _hands(self, step: Step) -> Hands:
        return self._desks[step.desk]

    def _other(self, step: Step) -> Hands:
        return self._desks[1 - step.desk]


def opening_of(now: datetime) -> datetime:
    """Midnight of the next working day, from which the day's moments count."""
    here = now.astimezone(ZONE)
    return datetime.combine(working_day_after(here.date(), 1, opening=ALWAYS), datetime.min.time(), ZONE)


def _follows(hands: Hands) -> Until:
    words = say("À jour, {at}").format(at="")
    return Until(
        what="a console follows the server",
        holds=lambda: hands.seat.link_words().startswith(words),
        within_s=30,
    )
