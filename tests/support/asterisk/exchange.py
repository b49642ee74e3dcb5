"""Starts and stops one real Asterisk on ports chosen free, and makes real SIP calls through it."""

import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.support.asterisk.phone import Phone
from tests.support.asterisk.ports import is_held, new_port, new_ports
from tests.support.asterisk.root import asterisk_root

_HERE = Path(__file__).parent
_LOOPBACK = "127.0.0.1"
_NOBODY = '"Anonymous" <sip:anonymous@anonymous.invalid>'
_START_SECONDS = 30.0
_STOP_SECONDS = 10.0

WELCOME = "0199001001"
"""Rings the queue `accueil`, where a caller waits up to a minute."""
SHORT_WAIT = "0199001002"
"""The same queue, which the exchange leaves after five seconds."""
DIRECT = "0199001003"
"""Rings extension 101 without any queue."""
TO_VOICEMAIL = "0199001004"
"""The queue `accueil` for three seconds, then the voicemail."""
TWO_DESKS = "0199001005"
"""The queue `orthopedie`: extensions 101 and 102 ring together, three seconds at a time."""
NOBODY_THERE = "0199001007"
"""The queue `personne`, where no desk ever rings."""
OVERFLOWS = "0199001006"
"""The queue `accueil` for three seconds, then the queue `orthopedie`."""


class Exchange:
    """One running Asterisk; `start` and `stop` may be repeated on the same ports."""

    username = "filrouge"

    def __init__(self) -> None:
        self.root, self.version = asterisk_root()
        self.secret = secrets.token_hex(8)
        self.ports = new_ports()
        self.folder = Path(tempfile.mkdtemp(prefix="exchange-", dir=self.root / "srv"))
        self._asterisk: subprocess.Popen[bytes] | None = None
        self._calls: list[subprocess.Popen[bytes]] = []
        self._phones: list[Phone] = []
        self._stay_on_loopback()
        self._write_configuration()

    def start(self) -> None:
        """Start Asterisk and wait until its manager interface greets and phones may call."""
        self._asterisk = subprocess.Popen(
            [*self._program(), "-f", "-n"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        self._await_greeting()
        # It greets, and takes calls, before its queues are there.
        self._order("core waitfullybooted")

    def stop(self) -> None:
        """End Asterisk politely, then for good; only the process that `start` made."""
        if self._asterisk is not None:
            _end(self._asterisk)
            self._asterisk = None

    def kill(self) -> None:
        """End Asterisk at once, as a power cut would."""
        if self._asterisk is not None:
            self._asterisk.kill()
            self._asterisk.wait(_STOP_SECONDS)
            self._asterisk = None

    def close(self) -> None:
        """End the calls and the exchange, and remove what this run wrote."""
        self.silence()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def silence(self) -> None:
        """End the phones and callers of this exchange, and nothing else."""
        for phone in self._phones:
            phone.close()
        self._phones.clear()
        for call in self._calls:
            _end(call)
        self._calls.clear()
        if self._asterisk is not None and self._asterisk.poll() is None:
            self._clear_lines()

    @property
    def voicemail(self) -> Path:
        """Where its voicemail keeps the messages."""
        return self.folder / "spool/voicemail"

    def notified(self) -> list[list[str]]:
        """The context and the mailbox of each message that `externnotify` was run for."""
        written = self.folder / "spool/notified"
        return [line.split() for line in written.read_text().splitlines()] if written.exists() else []

    def desk_phone(
        self, extension: str, *, answers_after: float | None = None, rings_after: float = 0
    ) -> Phone:
        """A telephone that the test holds in its hand: `101`, `102`, `103`, or `outside` the hospital."""
        ports = self.ports
        port = {"101": ports.phone, "102": ports.second, "103": ports.third, "outside": ports.outside}
        return self._phone(extension, port[extension], answers_after, rings_after)

    def patient(self, number: str) -> Phone:
        """A patient's telephone, which may speak; it comes in by the trunk."""
        return self._phone(number, new_port(), None)

    def _phone(self, extension: str, port: int, answers_after: float | None, rings_after: float = 0) -> Phone:
        phone = Phone(
            extension,
            port=port,
            exchange_port=self.ports.sip,
            answers_after=answers_after,
            rings_after=rings_after,
        )
        self._phones.append(phone)
        return phone

    def phone(self, *, rings: float) -> None:
        """Put a phone at extension 101: it rings for so many seconds, then is answered."""
        self._plug("phone", RINGS_MS=str(int(rings * 1000)))

    def empty_desk(self) -> None:
        """Put a phone at extension 101 that rings and that nobody answers."""
        self._plug("empty-desk")

    def _plug(self, scenario: str, **values: str) -> None:
        """Start a phone and wait until it can be called."""
        self._sipp(scenario, port=self.ports.phone, calls=0, **values)
        deadline = time.monotonic() + _START_SECONDS
        while not is_held(self.ports.phone):
            if time.monotonic() > deadline:
                raise RuntimeError(f"The phone did not start: {self.complaints()}")
            time.sleep(0.02)

    def call(self, to: str, *, number: str, stays: float) -> subprocess.Popen[bytes]:
        """Call from `number` and hang up after so many seconds."""
        return self._call("caller", _sender(number), to=to, stays=stays)

    def call_and_give_up(self, to: str, *, number: str, stays: float) -> subprocess.Popen[bytes]:
        """Call a direct number and hang up after so many seconds of ringing."""
        return self._call("caller-gives-up", _sender(number), to=to, stays=stays)

    def call_withheld(self, to: str, *, number: str, stays: float) -> subprocess.Popen[bytes]:
        """Call as an operator does for a caller who withholds a number that the operator knows."""
        privacy = f"Privacy: id\nP-Asserted-Identity: <sip:{number}@{_LOOPBACK}>"
        return self._call("caller", _NOBODY, to=to, stays=stays, privacy=privacy)

    def call_anonymously(self, to: str, *, stays: float) -> subprocess.Popen[bytes]:
        """Call without any number at all."""
        return self._call("caller", _NOBODY, to=to, stays=stays)

    def _call(
        self, scenario: str, sender: str, *, to: str, stays: float, privacy: str = ""
    ) -> subprocess.Popen[bytes]:
        """One SIP call from a port of its own."""
        return self._sipp(
            scenario,
            port=new_port(),
            calls=1,
            to=to,
            FROM=sender,
            PRIVACY=privacy or "Supported: replaces",
            STAYS_MS=str(int(stays * 1000)),
        )

    def _sipp(
        self, scenario: str, *, port: int, calls: int, to: str = "", **values: str
    ) -> subprocess.Popen[bytes]:
        """Run one scenario in the background; it is ended with the exchange."""
        script = self.folder / f"{scenario}-{port}.xml"
        script.write_text(_filled(_HERE / "calls" / f"{scenario}.xml", values))
        command = ["sipp", "-sf", str(script), "-i", _LOOPBACK, "-p", str(port), "-nostdin"]
        command += ["-trace_err", "-error_file", f"{script}.err"]
        command += ["-mp", str(new_port())]
        command += ["-m", str(calls)] if calls else []
        command += ["-s", to, f"{_LOOPBACK}:{self.ports.sip}"] if to else []
        with script.with_suffix(".err").open("wb") as complaints:
            running = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=complaints)
        self._calls.append(running)
        return running

    def complaints(self) -> str:
        """What callers and phones said of the calls that went wrong, for who reads a failed test."""
        return "\n".join(
            text for said in self.folder.glob("*.err") if (text := said.read_text("utf-8", "replace"))
        )

    def _clear_lines(self) -> None:
        """A caller that was ended said no goodbye: without this the next test would hear of that call."""
        self._order("channel request hangup all")
        deadline = time.monotonic() + _STOP_SECONDS
        while not self._order("core show channels count").startswith("0 active channels"):
            if time.monotonic() > deadline:
                raise RuntimeError("The exchange keeps calls that nobody is in.")
            time.sleep(0.02)

    def _order(self, line: str) -> str:
        """One line said to the exchange's own console, and what it answers."""
        command = [*self._program(), "-r", "-x", line]
        return subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=_STOP_SECONDS
        ).stdout

    def _program(self) -> list[str]:
        return ["chroot", str(self.root), "asterisk", "-C", f"{self._inside()}/etc/asterisk.conf"]

    def _inside(self) -> str:
        """The run's folder as Asterisk sees it from within the root."""
        return "/" + str(self.folder.relative_to(self.root))

    def _stay_on_loopback(self) -> None:
        """The machine's own name resolves inside the root, and no name server is asked."""
        hosts = f"127.0.0.1 localhost {socket.gethostname()}\n"
        (self.root / "etc/hosts").write_text(hosts)
        (self.root / "etc/resolv.conf").unlink(missing_ok=True)

    def _write_configuration(self) -> None:
        """Fill the templates with this run's ports, names and secret."""
        for name in ("etc", "lib", "spool", "run", "log"):
            (self.folder / name).mkdir()
        values = {
            "RUN": self._inside(),
            "TRIPLET": _triplet(self.root),
            "AMI_PORT": str(self.ports.ami),
            "SIP_PORT": str(self.ports.sip),
            "PHONE_PORT": str(self.ports.phone),
            "SECOND_PORT": str(self.ports.second),
            "THIRD_PORT": str(self.ports.third),
            "OUTSIDE_PORT": str(self.ports.outside),
            "RTP_FIRST": str(self.ports.rtp_first),
            "RTP_LAST": str(self.ports.rtp_first + 99),
            "USERNAME": self.username,
            "SECRET": self.secret,
        }
        for template in (_HERE / "etc").iterdir():
            (self.folder / "etc" / template.name).write_text(_filled(template, values))

    def _await_greeting(self) -> None:
        """Bounded wait for the manager's greeting, then for the phones' port to be taken."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._asterisk is not None and self._asterisk.poll() is not None:
                break
            if _greets(self.ports.ami) and is_held(self.ports.sip):
                return
            time.sleep(0.1)
        log = self.folder / "log" / "full"
        last = log.read_text()[-2000:] if log.exists() else ""
        raise RuntimeError(f"Asterisk {self.version} did not start. {last}")


def _sender(number: str) -> str:
    """The From header of a caller who shows the number."""
    return f'"{number}" <sip:{number}@{_LOOPBACK}>'


def _filled(template: Path, values: dict[str, str]) -> str:
    """The template's text with each @NAME@ replaced."""
    text = template.read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _triplet(root: Path) -> str:
    """The machine's library folder, such as x86_64-linux-gnu."""
    return next(root.glob("usr/lib/*/asterisk/modules")).parent.parent.name


def _greets(port: int) -> bool:
    """Whether the manager interface is up."""
    try:
        with socket.create_connection((_LOOPBACK, port), timeout=1) as wire:
            return wire.recv(64).startswith(b"Asterisk Call Manager/")
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process of ours to end, and make it end if it does not."""
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_STOP_SECONDS)
