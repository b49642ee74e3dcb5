"""Whatever answers in the server's place, a console goes on, says that it is cut off, and loses nothing."""

import gzip
import threading
from collections.abc import Generator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest

from app.store import tables
from sync.client.server import ServerLine, Unreachable
from tests.server.serving import Served
from tests.support.proxy import Proxy
from tests.sync.people import SOON_S, SitDown, note_of, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]

SWOLLEN = 16 * 1024 * 1024
PAGE = b'event: page\ndata: {"head":"x:1","entries":[%s]}\n\n'
DEEP = b"[" * 200_000
BOMB = gzip.compress(bytes(SWOLLEN))
ANSWERS = {
    "nothing": b"",
    "a proxy's own page": b"<html>\n\n<h1>Bienvenue sur le r\xe9seau</h1>\n\n</html>\n\n",
    "half a page": (PAGE % b"")[:-9] + b"\n\n",
    "a page of another type": b'event: page\ndata: {"head":7,"entries":{}}\n\n',
    "an entry without its command": PAGE % b'{"position":1}',
    "facts as deep as they are long": PAGE % b'{"position":1,"command_id":"a","facts":[%s]}' % DEEP,
    "NULs": b"event: page\ndata: \0\0\0\n\n",
    "a name that is no text": b"event: \xff\xfe\ndata: {}\n\n",
    "the same field twice": b"event: beat\nevent: beat\ndata: {}\n\n",
    "a packed answer": gzip.compress(PAGE % b""),
    "a bomb": BOMB,
}


class Liar:
    """A server that answers every request with the same bytes."""

    def __init__(self) -> None:
        self.body = b""
        self.asked: list[tuple[str, bytes]] = []
        self.told = threading.Condition()
        liar = self

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = liar.body
                self.send_response(200)
                self.send_header("Content-Encoding", "gzip" if body[:2] == BOMB[:2] else "identity")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                # Whoever heard enough hangs up.
                with suppress(OSError):
                    self.wfile.write(body)
                with liar.told:
                    liar.asked.append((self.path.partition("?")[0], body))
                    liar.told.notify_all()

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.do_GET()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base names it so
                """Nothing to tell."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def until_asked(self, path: str, *, times: int) -> None:
        """Wait until somebody was answered so, so many times."""
        one = (path, self.body)
        with self.told:
            assert self.told.wait_for(lambda: self.asked.count(one) >= times, SOON_S), f"nobody asked {path}"

    def close(self) -> None:
        """End it."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(2)


@pytest.fixture
def liar() -> Generator[Liar]:
    one = Liar()
    yield one
    one.close()


def test_what_answers_in_the_server_s_place_stops_no_console_and_takes_nothing_from_it(
    served: Served, proxy: Proxy, sit_down: SitDown, liar: Liar
) -> None:
    person = sit_down("c.morvan")
    own = int(served.url.rpartition(":")[2])
    proxy.lead_to(liar.port)
    proxy.cut()
    person.until(lambda: not person.links[-1].is_online, "a cut wire was not told")
    proxy.restore()
    mine = person.console.submit(note_of(person.console)).result(SOON_S)
    heard = len(person.links)
    for body in ANSWERS.values():
        liar.body = body
        # Who asks again has done with the first answer.
        for times in (1, 2):
            person.console.hurry()
            liar.until_asked("/v1/feed", times=times)
    assert not any(link.is_online for link in person.links[heard:])
    assert served.scene.find(tables.journal, command_id=mine) is None
    proxy.cut()
    proxy.lead_to(own)
    proxy.restore()
    person.console.hurry()
    person.until_settled(mine)
    assert served.scene.get(tables.journal, command_id=mine).refusal == ""


@pytest.mark.parametrize("body", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_none_is_a_server_that_is_away(liar: Liar, body: bytes) -> None:
    line = ServerLine(f"http://127.0.0.1:{liar.port}")
    liar.body = body
    with pytest.raises(Unreachable):
        line.ways_in()
    with pytest.raises(Unreachable):
        list(line.snapshot("jeton"))
    line.close()


def test_what_would_swell_when_unpacked_is_kept_as_it_came(liar: Liar) -> None:
    line = ServerLine(f"http://127.0.0.1:{liar.port}")
    liar.body = BOMB
    assert line.voicemail("contact", "jeton", patience=SOON_S) == BOMB
    assert len(gzip.decompress(BOMB)) == SWOLLEN > 500 * len(BOMB)
    line.close()


def test_a_right_answer_of_the_same_stranger_is_read(liar: Liar) -> None:
    line = ServerLine(f"http://127.0.0.1:{liar.port}")
    liar.body = b'event: beat\ndata: {"head":"x:1"}\n\n'
    assert [event.name for event in line.feed("x:0", "jeton", scope="")] == ["beat"]
    liar.body = msgspec.json.encode([])
    assert line.send([], "desk") == []
    line.close()
