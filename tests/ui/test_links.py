"""A `tel:` link reaches `filrouge pop`: the entries that register it are of their system's form."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINKS = ROOT / "installers" / "links"
SCHEMES = {"tel", "callto"}
_KEY = re.compile(r"[A-Za-z0-9-]+(\[[A-Za-z_@.]+\])?")
_KEYS = frozenset(
    {"Type", "Version", "Name", "GenericName", "NoDisplay", "Comment", "Icon", "Hidden", "OnlyShowIn"}
    | {"NotShowIn", "TryExec", "Exec", "Path", "Terminal", "MimeType", "Categories", "Keywords"}
    | {"StartupNotify", "StartupWMClass", "Actions", "Implements", "DBusActivatable"}
)
"""Those of the freedesktop.org « Desktop Entry Specification » 1.5."""
_BOOLEANS = ("NoDisplay", "Hidden", "Terminal", "StartupNotify", "DBusActivatable")
_LISTS = ("MimeType", "Categories", "Keywords", "OnlyShowIn", "NotShowIn", "Actions", "Implements")


def entry_of(text: str) -> dict[str, str]:
    """The keys of a desktop entry."""
    head, *lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert head == "[Desktop Entry]"
    pairs = [(key, value) for key, _, value in (line.partition("=") for line in lines)]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def faults(text: str) -> Iterator[str]:
    """What a desktop would not accept."""
    entry = entry_of(text)
    for key in ("Type", "Name", "Exec"):
        if not entry.get(key):
            yield f"{key} is missing"
    for key, value in entry.items():
        name = key.partition("[")[0]
        if not _KEY.fullmatch(key) or name not in _KEYS:
            yield f"{key} is not a key"
        if name in _BOOLEANS and value not in ("true", "false"):
            yield f"{key} is not a boolean"
        if name in _LISTS and not value.endswith(";"):
            yield f"{key} does not end with a semicolon"
    if entry.get("Type") != "Application":
        yield "it is no application"
    codes = re.findall(r"%(.)", entry.get("Exec", ""))
    if codes.count("u") != 1 or len(codes) > 1:
        yield "Exec must take one link"


def _desktop() -> str:
    return (LINKS / "filrouge-tel.desktop").read_text("utf-8")


def test_the_desktop_entry_is_valid() -> None:
    assert list(faults(_desktop())) == []


def test_the_desktop_entry_takes_telephone_links() -> None:
    taken = entry_of(_desktop())["MimeType"].rstrip(";").split(";")
    assert set(taken) == {f"x-scheme-handler/{scheme}" for scheme in SCHEMES}


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("Type=Application", "Type=Link"),
        ("Name=Filrouge\n", ""),
        ("%u", "%u %F"),
        (" %u", ""),
        ("Terminal=false", "Terminal=no"),
        ("callto;", "callto"),
        ("NoDisplay", "No_Display"),
        ("Categories", "Category"),
    ],
)
def test_an_entry_of_another_form_is_seen(was: str, becomes: str) -> None:
    assert was in _desktop()
    assert list(faults(_desktop().replace(was, becomes, 1)))


def _registry() -> dict[str, dict[str, str]]:
    """The values of the registry file, by key; what is written in bytes is decoded."""
    raw = (LINKS / "filrouge-tel.reg").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("ascii").replace("\r\n", "\n").replace("\\\n  ", "")
    head, *lines = text.splitlines()
    assert head == "Windows Registry Editor Version 5.00"
    keys: dict[str, dict[str, str]] = {}
    values: dict[str, str] = {}
    for line in lines:
        if line.startswith("["):
            values = keys[line.strip("[]")] = {}
        elif line and not line.startswith(";"):
            name, _, value = line.partition("=")
            values[name.strip('"')] = _value(value)
    return keys


def _value(written: str) -> str:
    if written.startswith("hex(2):"):
        text = bytes.fromhex(written.removeprefix("hex(2):").replace(",", " ")).decode("utf-16-le")
        assert text.endswith("\0")
        return text[:-1]
    assert written[0] == written[-1] == '"'
    return written[1:-1].replace("\\\\", "\\")


def test_the_registry_file_gives_telephone_links_to_the_console_for_one_user() -> None:
    keys = _registry()
    assert all(key.startswith("HKEY_CURRENT_USER\\Software\\") for key in keys)
    registered = keys["HKEY_CURRENT_USER\\Software\\RegisteredApplications"]["Filrouge"]
    links = keys[f"HKEY_CURRENT_USER\\{registered}\\URLAssociations"]
    assert set(links) == SCHEMES
    (name,) = set(links.values())
    assert keys[f"HKEY_CURRENT_USER\\Software\\Classes\\{name}"]["URL Protocol"] == ""
    command = keys[f"HKEY_CURRENT_USER\\Software\\Classes\\{name}\\shell\\open\\command"]["@"]
    assert command == r'"%LOCALAPPDATA%\Programs\Filrouge\filrouge.exe" pop "%1"'


def test_what_is_registered_is_the_program_that_pops() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    program, action, link = shlex.split(entry_of(_desktop())["Exec"])
    assert (program in scripts, action, link) == (True, "pop", "%u")
