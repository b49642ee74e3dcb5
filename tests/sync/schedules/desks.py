"""Who sits at the three desks of a schedule, and who decides there which records are one human."""

from sync.server.feed.desk import Desk as FeedDesk

DESKS = (
    FeedDesk(login="amina", services=frozenset({"cardiologie"}), extension="4101", is_unaware=True),
    FeedDesk(login="bruno", services=frozenset({"imagerie"}), extension="4102", is_unaware=False),
    FeedDesk(
        login="chloe", services=frozenset({"cardiologie", "pediatrie"}), extension="4103", is_unaware=False
    ),
)
COLLEAGUES = (
    FeedDesk(login="anne", services=frozenset({"imagerie"}), extension="4101", is_unaware=False),
    FeedDesk(login="basile", services=frozenset({"imagerie", "pediatrie"}), extension="", is_unaware=True),
    FeedDesk(login="cyril", services=frozenset({"pediatrie"}), extension="4103", is_unaware=False),
)
"""Who sits at the same desks at other times."""
DECIDERS = frozenset({"amina", "basile"})
"""Supervisors, who may not know of whoever is protected; everybody else's decision is refused."""
