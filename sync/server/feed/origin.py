"""Where the request in hand comes from, as far as the network and the proxies we trust tell."""

from contextvars import ContextVar

_address: ContextVar[str] = ContextVar("address", default="")


def arrived(client: tuple[str, int] | None) -> None:
    """A request begins, in a context of its own; a thread it is answered in has that context too."""
    _address.set(client[0] if client else "")


def address() -> str:
    """The network address of who asks; empty where nobody asks by the network, as for a job of ours."""
    return _address.get()
