"""An exchange that posts each message of its calls one to five times, late and in disorder."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import requests

from tests.server.connectors.posts import Fields, as_json, incoming
from tests.sync.hospital import EXTENSIONS

TOKEN = "a-secret-of-the-posting-exchange"
CONNECTORS = f'[[cti]]\nline = "clinique"\ntoken = "{TOKEN}"\n' + "".join(
    f'queues.{service} = "file-{service}"\n' for service in EXTENSIONS.values()
)
MOST_COPIES = 5
POSTERS = 3
GARBAGE = 0.4
"""How often what no exchange would say is posted after a message."""
ANSWER_S = 5.0


class Message(NamedTuple):
    """One message of a call; the number names the call."""

    number: str
    event: str
    body: bytes
    content_type: str


class Exchange:
    """Posts while faults happen; `finish` posts again what nobody took."""

    def __init__(self, addresses: list[str], chance: random.Random, *, calls: int, every_s: float) -> None:
        self._addresses = addresses
        self._chance = chance
        self._every_s = every_s
        self._due = self._shuffled([_story(call, chance) for call in range(calls)])
        self._taken: set[tuple[str, str]] = set()
        self._ended = threading.Event()
        self.posts = 0
        self.garbage = 0
        self.garbage_taken = 0
        self._thread = threading.Thread(target=self._post_all, name="exchange")

    def begin(self) -> None:
        """Post from a thread of its own."""
        self._thread.start()

    def finish(self) -> frozenset[str]:
        """Every message is posted until it is taken; the numbers of the calls."""
        self._ended.set()
        self._thread.join()
        messages = {(one.number, one.event): one for one in self._due}
        for _ in range(20):
            left = [message for key, message in messages.items() if key not in self._taken]
            if not left:
                break
            for message in left:
                self._post(message, self._chance.choice(self._addresses))
        return frozenset(
            number for number, event in self._taken if event == "hangup" and self._is_whole(number)
        )

    def _is_whole(self, number: str) -> bool:
        return {event for at, event in self._taken if at == number} >= {"newCall", "answer", "hangup"}

    def _shuffled(self, stories: list[list[Message]]) -> list[Message]:
        """Each message at its time, and its copies some later."""
        timed: list[tuple[float, int, Message]] = []
        for call, story in enumerate(stories):
            for step, message in enumerate(story):
                for copy in range(self._chance.randint(1, MOST_COPIES)):
                    late = self._chance.uniform(0, 3) * (1 if copy else 0.4)
                    timed.append((call + step + late, len(timed), message))
        return [message for _, _, message in sorted(timed)]

    def _post_all(self) -> None:
        with ThreadPoolExecutor(POSTERS) as posters:
            for message in self._due:
                if self._ended.wait(self._every_s):
                    return
                posters.submit(self._post, message, self._chance.choice(self._addresses))
                if self._chance.random() < GARBAGE:
                    spoilt = _spoilt(message, self._chance)
                    posters.submit(self._post_garbage, spoilt, self._chance.choice(self._addresses))

    def _post_garbage(self, spoilt: Message, address: str) -> None:
        """Nobody may take it; what is taken of the right messages is judged as ever."""
        answer = _answer_to(spoilt, address)
        self.garbage += 1
        self.garbage_taken += answer is not None and answer.ok

    def _post(self, message: Message, address: str) -> None:
        self.posts += 1
        answer = _answer_to(message, address)
        if answer is not None and answer.status_code == 200:
            self._taken.add((message.number, message.event))


def _answer_to(message: Message, address: str) -> requests.Response | None:
    """None when nobody answered."""
    try:
        return requests.post(
            f"{address}/hooks/cti/{TOKEN}",
            data=message.body,
            headers={"Content-Type": message.content_type},
            timeout=ANSWER_S,
        )
    except requests.RequestException:
        return None


def _spoilt(message: Message, chance: random.Random) -> Message:
    """Cut short, as deep as it is long, no text at all, or of another type than it says."""
    body, kind = message.body, message.content_type
    spoilt = chance.choice(
        (
            (body[: chance.randrange(len(body) - 1)], kind),
            (b"[" * chance.randint(1, 200_000), kind),
            (chance.randbytes(chance.randint(1, 4096)), kind),
            (b"\xff" + body, kind),
        )
    )
    return Message(message.number, "garbage", *spoilt)


def _story(call: int, chance: random.Random) -> list[Message]:
    number = f"336399870{call:02d}"
    extension, service = chance.choice(list(EXTENSIONS.items()))
    told = [
        incoming("newCall", f"call-{call}", queue=service, user=extension),
        incoming("answer", f"call-{call}", answeringNumber=extension),
        incoming("hangup", f"call-{call}", cause="normalClearing"),
    ]
    return [_message(number, fields | {"from": number}) for fields in told]


def _message(number: str, fields: Fields) -> Message:
    content_type, body = as_json(fields)
    return Message(f"+{number}", str(fields["event"]), body, content_type)
