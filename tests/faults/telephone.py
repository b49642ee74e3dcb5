"""A telephone exchange whose calls live on while its manager interface drops, halves, stalls and babbles."""

import random
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import NamedTuple

from sync.server.connectors.asterisk.ami import Message
from tests.server.connectors.hostile import Exchange
from tests.server.connectors.lines import messages
from tests.server.connectors.switchboard import Switchboard
from tests.sync.hospital import EXTENSIONS

LINE = "standard"
QUEUE = "accueil"
"""What the exchange calls the hospital's first queue."""
ACT_EVERY_S = 0.15
ARRIVES = 0.5
"""How often somebody calls, while others talk."""
GHOST_S = 10.0
"""After so long with the exchange back, no call that ended goes on (figures of reliability)."""
_REPEATED = 20


def connectors(port: int) -> str:
    """The exchange in `connectors.toml`."""
    return (
        f'[[asterisk]]\nline = "{LINE}"\nhost = "127.0.0.1"\nport = {port}\n'
        f'username = "filrouge"\nsecret = "a-secret"\nqueues = {{ {QUEUE} = "file-cardiologie" }}\n'
    )


def number_of(call: str) -> str:
    """As the server writes it."""
    return f"+33639986{int(call):03d}"


class Heard(NamedTuple):
    """What one connection was told: calls since its last sign of life, since the one before, and all."""

    lately: set[str]
    before: set[str]
    said: deque[Mapping[str, str]]


class Telephone(Switchboard):
    """`begin` lets people call; `recorded` are the calls that the line surely handed over.

    The line asks for a sign of life only after it handed over what it had read: once it asked twice, what
    it was told before is on the server.
    """

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.rang: set[str] = set()
        self.recorded: set[str] = set()
        self._chance = chance
        self._left: dict[str, list[Callable[[str], None]]] = {}
        """What each call that goes on will still do."""
        self._heard: dict[Exchange, Heard] = {}
        self._connected: set[Exchange] = set()
        self._is_away = self._is_silent = False
        self._counted_from = 0
        self._ended = threading.Event()
        self._callers = threading.Thread(target=self._play, name="callers")

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._callers.is_alive():
            self._callers.join()
        super().__exit__(kind, fault, trace)

    @property
    def present(self) -> frozenset[str]:
        """The calls that go on."""
        return frozenset(self._left)

    @property
    def over(self) -> frozenset[str]:
        """The calls that ended here, whoever heard of it."""
        return frozenset(self.rang - self._left.keys())

    def begin(self) -> None:
        """People call, from a thread of its own."""
        self._callers.start()

    def call_no_more(self) -> None:
        """Nobody new; who talks, goes on."""
        self._ended.set()
        self._callers.join()

    def end_all(self) -> None:
        """Everybody hangs up."""
        self._run(lambda: [self._hang_up(call) for call in list(self._left)])

    def cut(self) -> None:
        """Every connection ends in the middle of a message."""
        self._run(self._break_off)

    def go_away(self) -> None:
        """As `cut`, and nobody is let in."""
        self._is_away = True
        self.cut()

    def fall_silent(self) -> None:
        """The connections stay, and nothing is said."""
        self._is_silent = True
        self._run(lambda: [each.stall() for each in self._connected])

    def behave(self, *, says_the_rest: bool = True) -> None:
        """Nothing is wrong any more; of a silence the rest is said, or it ends with the connection."""
        self._is_away = self._is_silent = False
        self._run(self._speak_again if says_the_rest else self._break_off)

    def babble(self) -> None:
        """What no exchange says, between two messages."""
        self._run(lambda: [each.say_raw(_garbage(self._chance)) for each in self._heard])

    def repeat(self) -> None:
        """What was said to each, said again in another order."""
        self._run(self._say_again)

    def restart(self) -> None:
        """Its calls are over, unheard, and it counts anew."""
        self._run(self._start_anew)

    def end_unheard(self) -> None:
        """Everybody hangs up while nobody is told."""
        self._run(lambda: (self._present.clear(), self._left.clear()))

    def _play(self) -> None:
        while not self._ended.wait(ACT_EVERY_S):
            self._run(self._act)

    def _act(self) -> None:
        going = [call for call, acts in self._left.items() if acts]
        if not going or self._chance.random() < ARRIVES:
            self._arrive(str(len(self.rang)))
            return
        call = self._chance.choice(going)
        self._left[call].pop(0)(call)

    def _arrive(self, call: str) -> None:
        """It rings somewhere, is answered or not, and ends."""
        extension = self._chance.choice(list(EXTENSIONS))
        self._left[call] = [
            lambda call: self._ring(call, extension),
            lambda call: self._answer(call, extension),
            self._hang_up,
        ]
        if self._chance.random() < 0.2:
            del self._left[call][1]
        self.rang.add(call)
        arrival = messages(self._id(call), "arrive", "0" + number_of(call).removeprefix("+33"))
        self._present[call] = {**arrival[0], "Application": "Queue", "ApplicationData": f"{QUEUE},tT"}
        self._tell(call, *arrival)

    def _id(self, call: str) -> str:
        """What the exchange calls it: from 0 again when it starts again."""
        return str(int(call) - self._counted_from)

    def _ring(self, call: str, extension: str) -> None:
        self._present[f"{call}.{extension}"] = {
            "Channel": f"PJSIP/{extension}-0000002a",
            "Uniqueid": f"{self._id(call)}.{extension}",
            "Linkedid": self._id(call),
            "ChannelState": "5",
            "Application": "AppQueue",
        }
        self._tell(call, *messages(self._id(call), "ring", extension))

    def _answer(self, call: str, extension: str) -> None:
        for name in (call, f"{call}.{extension}"):
            self._present[name] = {**self._present[name], "ChannelState": "6", "BridgeId": f"bridge-{call}"}
        self._tell(call, *messages(self._id(call), "answer", extension))

    def _hang_up(self, call: str) -> None:
        del self._left[call]
        self._present = {
            name: channel for name, channel in self._present.items() if channel["Linkedid"] != self._id(call)
        }
        self._tell(call, *messages(self._id(call), "hang_up", ""))

    def _tell(self, call: str, *said: Mapping[str, str]) -> None:
        for exchange, heard in self._heard.items():
            exchange.say(*said)
            heard.said.extend(said)
            heard.lately.add(call)

    def _break_off(self) -> None:
        for each in self._connected:
            half = self._end_of_one()
            each.break_off(half[: self._chance.randint(0, len(half))])
        self._connected.clear()
        self._heard.clear()

    def _end_of_one(self) -> bytes:
        """All but the last line of an end that did not come."""
        one = self._id(self._chance.choice([*self._left] or [str(self._counted_from)]))
        return f"Event: Hangup\r\nChannel: PJSIP/trunk-{one}\r\nUniqueid: {one}\r\nLinkedid: {one}".encode()

    def _speak_again(self) -> None:
        for each in self._connected:
            each.go_on()

    def _say_again(self) -> None:
        for exchange, heard in self._heard.items():
            exchange.say(*self._chance.sample(heard.said, len(heard.said)))

    def _start_anew(self) -> None:
        self._break_off()
        self._counted_from = len(self.rang)
        self._started = f"06:{self._counted_from // 60:02d}:{self._counted_from % 60:02d}"
        self._present.clear()
        self._left.clear()

    async def _welcome(self, exchange: Exchange) -> None:
        if self._is_away:
            exchange.break_off()
            return
        self._connected.add(exchange)
        if self._is_silent:
            exchange.stall()
        try:
            await super()._welcome(exchange)
        finally:
            self._connected.discard(exchange)
            self._heard.pop(exchange, None)

    def _list(self, exchange: Exchange) -> Iterable[Message]:
        self._heard[exchange] = Heard(set(self._left), set(), deque(maxlen=_REPEATED))
        return super()._list(exchange)

    async def _stay(self, exchange: Exchange) -> None:
        while True:
            action = await exchange.next_action()
            exchange.agree(action)
            if action["Action"] == "Ping" and not self._is_silent and exchange in self._heard:
                self._note_sign_of_life(self._heard[exchange])

    def _note_sign_of_life(self, heard: Heard) -> None:
        self.recorded |= heard.before
        heard.before.clear()
        heard.before.update(heard.lately)
        heard.lately.clear()


def _garbage(chance: random.Random) -> bytes:
    """Of no sense, and whole: what comes after it is to be read."""
    return (
        chance.choice(
            (
                b"no colon here",
                b"\xff\xfe" * chance.randint(1, 200),
                b":" * chance.randint(1, 100_000),
                chance.randbytes(chance.randint(1, 4096)).replace(b"\r\n\r\n", b""),
                b"Event: Hangup\r\nUniqueid: ",
                b"Event: QueueCallerJoin\r\nQueue: " + b"x" * chance.randint(1, 70_000),
                b"Response: Success",
                b"Event: CoreShowChannelsComplete\r\n\r\nEvent: QueueStatusComplete",
            )
        )
        + b"\r\n\r\n"
    )
