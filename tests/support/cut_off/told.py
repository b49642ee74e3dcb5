"""What a console's process is asked, and what it answers: one JSON a line."""

from datetime import datetime

import msgspec


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """How one life of the console begins: its server, its files and their key, and what its clock says."""

    address: str
    folder: str
    key: str
    login: str
    password: str
    now: datetime


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One act of the person at the desk, at a moment of the desk's clock; each act reads what it needs."""

    act: str
    at: datetime
    number: str = ""
    motive: str = ""
    note: str = ""
    name: str = ""
    candidate: int = 0
    promises: bool = False
    is_for_today: bool = False
    leaves_message: bool = False
    one: str = ""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of it; `fault` when it was waited for in vain."""

    fault: str = ""
    contact: str = ""
    log: str = ""
    commitment: str = ""
    words: list[str] = []


def encode(one: msgspec.Struct) -> str:
    """One line."""
    return msgspec.json.encode(one).decode()


read_order = msgspec.json.Decoder(Order).decode
read_done = msgspec.json.Decoder(Done).decode
