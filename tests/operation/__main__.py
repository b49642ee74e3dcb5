"""`python -m tests.operation ROOT`: what the operator's pages say, typed in a bare Debian root, as root."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.operation.pages import typed_lines

WORD, OTHER_WORD, STANDBY_WORD = "un-mot-de-passe", "un-autre-mot", "celui-du-suivant"
PATIENCE_S = 180
_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
ENVIRONMENT = (
    "HOME=/root",
    "LANG=C.UTF-8",
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    f"SSL_CERT_FILE={_AUTHORITIES}",
    f"PIP_CERT={_AUTHORITIES}",
)


class Failed(Exception):  # noqa: N818 - the page is wrong, or what it says does not work
    """A line did not do what its page says."""


class Root:
    """A bare root, who types there, and what of the pages was typed."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.left = dict.fromkeys(typed_lines())
        self.serving: subprocess.Popen[bytes] | None = None

    def page(
        self, page: str, line: str, *, by: str = "filrouge", answers: Sequence[str] = (), **given: str
    ) -> str:
        """Type a line of a page by its beginning; `given` is what an ellipsis or a name stands for."""
        found = next(((at, text) for at, text in self.left if at == page and text.startswith(line)), None)
        if found is None:
            raise Failed(f"{page} does not say: {line}")
        del self.left[found]
        text = found[1].partition("   #")[0].rstrip()
        for name, value in given.items():
            mark = _MARKS.get(name, name)
            if mark not in text:
                raise Failed(f"{page}: « {mark} » is not in: {text}")
            text = text.replace(mark, value)
        return self.type(text, by=by, answers=answers)

    def type(
        self, text: str, *, by: str = "root", answers: Sequence[str] = (), is_expected: bool = True
    ) -> str:
        """Type something, answer what it asks, and have what it said; `Failed` when it says it failed."""
        print(f"[{by}] {text}", flush=True)
        status, said = _at_a_terminal(self._argv(text, by), answers)
        print("".join(f"    {line}\n" for line in said.splitlines()[-12:]), end="", flush=True)
        if is_expected is not (status == 0):
            raise Failed(f"status {status}: {text}")
        return said

    def serve(self) -> None:
        """As the unit does."""
        argv = self._argv("exec /usr/local/bin/filrouge-server serve", "filrouge")
        self.serving = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert self.serving.stdout is not None
        line = self.serving.stdout.readline()
        while line and b'"listening"' not in line:
            print(f"    {line.decode()}", end="")
            line = self.serving.stdout.readline()
        print(f"    {line.decode()}", end="", flush=True)

    def stop(self) -> None:
        """As the unit does; the server ends by itself."""
        if self.serving is not None:
            self.serving.terminate()
            self.serving.wait(60)
            self.serving = None

    def lay(self, path: str, text: str, *, owner: str, mode: int = 0o600) -> None:
        """A file that the page says to write."""
        target = self.place / path.lstrip("/")
        target.write_text(text, "utf-8")
        target.chmod(mode)
        self.type(f"chown {owner} {path}")

    def _argv(self, text: str, by: str) -> list[str]:
        inside = ["chroot", str(self.place), "/usr/bin/env", "-i", *ENVIRONMENT]
        if by == "root":
            return [*inside, "bash", "-c", f"cd /opt/filrouge 2>/dev/null; {text}"]
        if by == "postgres":
            return [*inside, "runuser", "-u", "postgres", "--", "bash", "-c", f"cd /tmp; {text}"]
        return [*inside, "su", "-s", "/bin/bash", "-", by, "-c", text]


_MARKS = {
    "key": "age1…",
    "anchor": "48210.5f0c…/9120.77ab…",
    "word": "…",
    "address": "ADRESSE",
    "desk": "ID",
    "main": "15/main",
    "at": "2026-11-24 10:42:00+01",
}


def _at_a_terminal(argv: list[str], answers: Sequence[str]) -> tuple[int, str]:
    """Each answer is typed when a password is asked; status, and all that was shown."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(argv[0], argv)  # noqa: S606 - the root's own shell is what is rehearsed
    said, waiting, seen = b"", list(answers), 0
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends and select.select([terminal], [], [], PATIENCE_S)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
        asked = len(re.findall(rb"assword[^:\n]*: ?|again: ?", said))
        while waiting and asked > seen:
            os.write(terminal, waiting.pop(0).encode() + b"\n")
            seen += 1
    # Its end is waited for first: a terminal that goes takes along who sits at it.
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), said.decode(errors="replace")


def _entries(said: str) -> int:
    found = re.search(r"(\d+) entries, all as written", said)
    if found is None:
        raise Failed(f"no journal told: {said}")
    return int(found.group(1))


def _settings(url: str) -> str:
    return (
        f"FILROUGE_DATA_DIR=/var/lib/filrouge\nFILROUGE_DATABASE_URL={url}\nFILROUGE_LISTEN=127.0.0.1:8750\n"
    )


def _place(root: Root, zone: str) -> None:
    """Something that is told, and is in the journal."""
    root.type(f"filrouge-server place --zone {zone} --holidays metropole", by="filrouge")


def install(root: Root) -> None:
    """installer.md."""
    page = "installer"
    root.page(page, "apt-get update", by="root")
    root.page(page, "apt-get install", by="root")
    root.page(page, "git clone", by="root", address="/srv/depot")
    root.page(page, "bash /opt/filrouge/installers/server.sh", by="root")
    root.page(page, "adduser", by="root")
    root.page(page, "install -d", by="root")
    root.type("pg_ctlcluster 15 main start || true")
    root.page(page, "runuser -u postgres -- createuser", by="root", answers=(WORD, WORD))
    root.page(page, "runuser -u postgres -- createdb", by="root")
    root.lay(
        "/var/lib/filrouge/.env",
        _settings(f"postgresql://filrouge:{WORD}@127.0.0.1:5432/filrouge"),
        owner="filrouge",
    )
    root.lay(
        "/var/lib/filrouge/connectors.toml",
        _VOICEMAIL,
        owner="filrouge",
    )
    root.page(page, "filrouge-server migrate")
    root.page(page, "filrouge-server user add", answers=("un bon mot de passe",))
    root.page(page, "filrouge-server check")
    root.page(page, "cp /opt/filrouge/installers/systemd", by="root")
    root.serve()


def back_up(root: Root) -> int:
    """sauvegarder.md; how many entries were saved."""
    _place(root, "Europe/Paris")
    said = root.page("sauvegarder", "filrouge-server backup /var")
    root.page("sauvegarder", "age-keygen")
    key = root.type("age-keygen -y filrouge.cle", by="filrouge").strip()
    root.page("sauvegarder", "filrouge-server backup - ", key=key)
    # The last word that the command says is the anchor to keep elsewhere.
    anchor = root.type("filrouge-server journal verify", by="filrouge").split()[-1]
    root.page("sauvegarder", "filrouge-server journal verify --anchor", anchor=anchor)
    root.page("sauvegarder", "filrouge-server journal verify")
    found = re.search(r"(\d+) entries, all as written, are saved", said)
    assert found is not None
    return int(found.group(1))


def restore(root: Root, saved: int) -> None:
    """restaurer.md, both ways, from nothing."""
    _place(root, "Indian/Reunion")
    root.stop()
    page = "restaurer"
    for line in ("filrouge-server restore /var", "age -d"):
        root.type("dropdb filrouge", by="postgres")
        if line.startswith("age"):
            root.type("createdb --owner filrouge filrouge", by="postgres")
        else:
            root.page(page, "createdb", by="postgres")
        told = _entries(root.page(page, line))
        if told != saved:
            raise Failed(f"{told} entries instead of {saved}")
    root.serve()


def fail_over(root: Root) -> None:
    """basculer.md with restaurer.md's way back to a moment; B is another cluster of the same machine."""
    page, sh = "basculer", "installers/postgres.sh"
    root.page(page, "install -d", by="root")
    root.page(page, f"FILROUGE_STANDBY_PASSWORD=… {sh} primary", by="root", word=STANDBY_WORD)
    root.page(page, f"{sh} base", by="root")
    _place(root, "Europe/Paris")
    before = _entries(root.type("filrouge-server journal verify", by="filrouge"))
    moment = root.type("sleep 1; date '+%F %T.%6N%:z'; sleep 1").strip()
    _place(root, "Indian/Reunion")
    root.type("psql -Xqc 'SELECT pg_switch_wal()' >/dev/null; sleep 2", by="postgres")
    root.stop()
    root.page("restaurer", f"{sh} to-moment", by="root", at=moment)
    root.page("restaurer", "filrouge-server restore --in-place")
    root.left.pop(("basculer", "filrouge-server restore --in-place"), None)
    if _entries(root.type("filrouge-server journal verify", by="filrouge")) != before:
        raise Failed("not as it was at the moment")
    root.type("printf '127.0.0.1 A\\n127.0.0.1 B\\n' >> /etc/hosts; pg_createcluster 15 b")
    root.lay(
        "/var/lib/postgresql/.pgpass",
        "".join(f"{host}:*:*:filrouge_standby:{STANDBY_WORD}\n" for host in "AB"),
        owner="postgres",
    )
    root.page(page, f"{sh} standby", by="root", main="15/b")
    root.page(page, f"{sh} wait-for 15/main b", by="root")
    both = f"postgresql://filrouge:{WORD}@A:5432,B:5433/filrouge"
    root.lay("/var/lib/filrouge/.env", _settings(both), owner="filrouge")
    root.serve()
    _place(root, "Europe/Paris")
    held = _entries(root.type("filrouge-server journal verify", by="filrouge"))
    root.type("pg_ctlcluster 15 main stop -m immediate")
    root.page(page, f"{sh} promote", by="root", main="15/b")
    if _entries(root.type("filrouge-server journal verify", by="filrouge")) != held:
        raise Failed("something acknowledged is missing")
    _place(root, "Indian/Reunion")
    root.page(page, f"{sh} rejoin", by="root", **{"--of B": "--of B --of-port 5433"})
    root.page(page, f"{sh} wait-for 15/main a", by="root", main="15/b")
    root.page(page, f"{sh} alone", by="root", main="15/b")
    root.page(page, "filrouge-server journal verify")


def change_keys(root: Root) -> None:
    """cles.md."""
    page = "cles"
    root.type(
        "filrouge-server user add c.morvan --name 'Claire Morvan' --role receptionist --service standard",
        by="filrouge",
        answers=("un mot",),
    )
    desk = root.type(f"/opt/filrouge/.venv/bin/python -c '{_ENROL}'", by="filrouge").strip()
    root.page(page, "filrouge-server desk list")
    root.page(page, "filrouge-server desk rekey", desk=desk)
    root.page(page, "filrouge-server desk revoke", desk=desk)
    root.page(page, "desk readmit", desk=desk, **{"desk readmit": "filrouge-server desk readmit"})
    claire = {"LOGIN": "c.morvan"}
    words = {
        "--name …": "--name Claire",
        "--role …": "--role receptionist",
        "--service …": "--service standard",
    }
    root.page(page, "filrouge-server user add", answers=("un autre",), **claire, **words)
    root.page(page, "filrouge-server token add", **claire)
    root.page(page, "filrouge-server token revoke", **claire)
    root.page("restaurer", "filrouge-server user list")
    root.page("restaurer", "filrouge-server desk list")
    root.page("restaurer", "filrouge-server held list")
    root.page(page, "filrouge-server keys rotate voicemail")
    root.page(page, "filrouge-server keys rotate numbers")
    root.page(
        page, 'psql -c "\\password', by="postgres", answers=(OTHER_WORD, OTHER_WORD), psql="psql -p 5433"
    )
    root.stop()
    root.lay(
        "/var/lib/filrouge/.env",
        _settings(f"postgresql://filrouge:{OTHER_WORD}@A:5432,B:5433/filrouge"),
        owner="filrouge",
    )
    root.serve()
    root.type("filrouge-server check", by="filrouge")


_VOICEMAIL = """[[voicemail]]
line = "pbx"
token = "a-secret-of-the-voicemail"
mailboxes = { "100@default" = "standard" }
"""
_ENROL = (
    'import requests as r; u="http://127.0.0.1:8750/v1/"; '
    's=r.post(u+"session",json={"login":"c.morvan","password":"un mot"}).json(); '
    'h={"Authorization":"Bearer "+s["token"]}; '
    'print(r.post(u+"desks",headers=h).json()["credential"].split(".")[0])'
)


NOT_TYPED = {
    "15 2 * * *": "a line of cron; its command is typed as the page above it says it",
    "filrouge-server keys rotate voicemail ": "one machine here: tests/server/test_key_changes.py does both",
    "filrouge-server token revoke": "named beside what is typed",
    "FILROUGE_": "a line of the settings, which is laid",
    "git -C /opt/filrouge pull": "there is no newer version yet",
    "install -o filrouge -m 600": "laid with the settings",
    "su -s": "how every line of that account is typed",
    "systemctl": "a chroot has no systemd: the unit's command is run",
}
"""What is not typed here, by its beginning, and why."""


def rehearse(root: Root) -> list[str]:
    """Type every page; what is left that nobody said would be."""
    install(root)
    restore(root, back_up(root))
    fail_over(root)
    change_keys(root)
    return [f"{page}.md: {line}" for page, line in root.left if not line.startswith(tuple(NOT_TYPED))]


def main(place: Path) -> int:
    """0 when every line of the pages was typed and does what it says, or is known not to be typed here."""
    root = Root(place)
    try:
        left = rehearse(root)
    except Failed as failed:
        print(f"FAILED {failed}")
        return 1
    finally:
        root.stop()
        for cluster in ("main", "b"):
            root.type(f"pg_ctlcluster 15 {cluster} stop -m fast || true")
    for page, line in root.left:
        print(f"not typed: {page}.md: {line}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
