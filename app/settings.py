"""Reads the settings from the environment or `.env`; a wrong or unknown one stops with its name."""

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs
from dotenv import dotenv_values

PREFIX = "FILROUGE_"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SCHEMES = ("sqlite", "postgresql")
MAX_PORT = 65535
LONGEST_OPEN = 15
"""Minutes without anybody before a desk locks, at most (design 18)."""


class WrongSetting(Exception):  # noqa: N818 - it is a sentence for the person who set it
    """A setting can't be used; the message names it."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that an installation may choose; `database_url` is SQLAlchemy's.

    `trusted_proxies` are the addresses, or networks, whose word is taken for where a request comes from.
    """

    database_url: str
    host: str
    port: int
    data_dir: Path
    log_level: str
    server: str
    theme: Literal["system", "light", "dark"]
    language: Literal["fr", "en"]
    tls_cert: Path | None
    tls_key: Path | None
    trusted_proxies: tuple[str, ...]
    lock_after: timedelta
    is_lock_set: bool


def read_settings(environment: Mapping[str, str] | None = None, *, dotenv: Path | None = None) -> Settings:
    """The settings of this process, or `WrongSetting`; the environment wins over `.env`."""
    found = _found(os.environ if environment is None else environment, dotenv or Path(".env"))
    data_dir = Path(found.get("DATA_DIR") or platformdirs.user_data_dir("filrouge"))
    host, port = _listen(found.get("LISTEN") or "127.0.0.1:8750")
    cert, key = _tls(found)
    return Settings(
        database_url=_database_url(found, data_dir),
        host=host,
        port=port,
        data_dir=data_dir,
        log_level=_level(found.get("LOG_LEVEL") or "INFO"),
        server=_server(found.get("SERVER") or "http://127.0.0.1:8750"),
        theme=_theme(found.get("THEME") or "system"),
        language=_language(found.get("LANGUAGE") or "fr"),
        tls_cert=cert,
        tls_key=key,
        trusted_proxies=tuple(_proxies(found.get("TRUSTED_PROXIES") or "")),
        lock_after=_lock_after(found.get("LOCK_AFTER") or "5"),
        is_lock_set=bool(found.get("LOCK_AFTER")),
    )


_KNOWN = (
    "DATABASE_URL",
    "LISTEN",
    "DATA_DIR",
    "LOG_LEVEL",
    "SERVER",
    "THEME",
    "LANGUAGE",
    "TLS_CERT",
    "TLS_KEY",
    "TRUSTED_PROXIES",
    "LOCK_AFTER",
)


def _found(environment: Mapping[str, str], dotenv: Path) -> dict[str, str]:
    both = {**dotenv_values(dotenv), **environment}
    ours = {name[len(PREFIX) :]: value or "" for name, value in both.items() if name.startswith(PREFIX)}
    for name in sorted(ours):
        if name not in _KNOWN:
            raise WrongSetting(f"{PREFIX}{name} is not a setting; known: {', '.join(_KNOWN)}.")
    return ours


def _database_url(found: Mapping[str, str], data_dir: Path) -> str:
    url = found.get("DATABASE_URL") or f"sqlite:///{data_dir / 'filrouge.db'}"
    scheme, separator, _ = url.partition("://")
    if not separator or scheme.split("+")[0] not in SCHEMES:
        raise WrongSetting(f"{PREFIX}DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return _several_hosts(url).replace("postgresql://", "postgresql+psycopg://", 1)


def _several_hosts(url: str) -> str:
    """`postgresql://USER@ONE:5432,OTHER:5432/NAME` as SQLAlchemy writes it; whichever writes is used."""
    scheme, _, rest = url.partition("://")
    before, _, after = rest.partition("/")
    user, at, hosts = before.rpartition("@")
    if scheme == "sqlite" or "," not in hosts:
        return url
    name, _, asked = after.partition("?")
    told = [f"host={host}" for host in hosts.split(",")] + [asked] * bool(asked)
    if "target_session_attrs" not in asked:
        told.append("target_session_attrs=read-write")
    return f"{scheme}://{user}{at}/{name}?{'&'.join(told)}"


def _listen(value: str) -> tuple[str, int]:
    host, separator, port = value.rpartition(":")
    if not (separator and host and port.isascii() and port.isdecimal() and int(port[:6]) <= MAX_PORT):
        raise WrongSetting(f"{PREFIX}LISTEN must be HOST:PORT, such as 127.0.0.1:8750.")
    return host.strip("[]"), int(port)


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise WrongSetting(f"{PREFIX}LOG_LEVEL must be one of {', '.join(LEVELS)}.")
    return value.upper()


def _server(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise WrongSetting(f"{PREFIX}SERVER must begin with http:// or https://.")
    return value.rstrip("/")


def _theme(value: str) -> Literal["system", "light", "dark"]:
    match value.lower():
        case "system" | "light" | "dark" as theme:
            return theme
        case _:
            raise WrongSetting(f"{PREFIX}THEME must be system, light or dark.")


def _language(value: str) -> Literal["fr", "en"]:
    match value.lower():
        case "fr" | "en" as language:
            return language
        case _:
            raise WrongSetting(f"{PREFIX}LANGUAGE must be fr or en.")


def _lock_after(value: str) -> timedelta:
    if not (value.isascii() and value.isdecimal() and 1 <= int(value[:3]) <= LONGEST_OPEN):
        raise WrongSetting(f"{PREFIX}LOCK_AFTER must be a number of minutes, 1 to {LONGEST_OPEN}.")
    return timedelta(minutes=int(value))


def _proxies(value: str) -> Iterator[str]:
    for one in filter(None, (part.strip() for part in value.split(","))):
        try:
            yield str(ip_network(one))
        except ValueError as error:
            raise WrongSetting(
                f"{PREFIX}TRUSTED_PROXIES must be addresses or networks, such as 192.0.2.4, 198.51.100.0/24."
            ) from error


def _tls(found: Mapping[str, str]) -> tuple[Path | None, Path | None]:
    pair = [Path(found[name]) if found.get(name) else None for name in ("TLS_CERT", "TLS_KEY")]
    for name, path, other in (("TLS_CERT", pair[0], pair[1]), ("TLS_KEY", pair[1], pair[0])):
        if path is not None and not path.is_file():
            raise WrongSetting(f"{PREFIX}{name} names no file.")
        if path is None and other is not None:
            raise WrongSetting(f"{PREFIX}{name} is missing: certificate and key go together.")
    return pair[0], pair[1]
