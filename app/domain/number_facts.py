"""What can be known of whose a number is not: that of whoever speaks for somebody (rules R9)."""

from datetime import datetime

from app.domain.fact import Fact


class NumberSetAside(Fact, frozen=True, kw_only=True, tag="NumberSetAside"):
    """The number of this call, written down as the person's, is another's who spoke for them."""

    person: str
    number: str
    contact: str
    by: str
    set_aside_at: datetime


class NumberGivenBack(Fact, frozen=True, kw_only=True, tag="NumberGivenBack"):
    """The number of this call is the person's after all: what said otherwise was undone or written anew."""

    person: str
    number: str
    contact: str
    by: str
    given_back_at: datetime
