"""What is known of the rights a person used: handed over, put right, opposed."""

from datetime import datetime

from app.domain.fact import Fact
from app.domain.rights_commands import Withheld


class PersonExported(Fact, frozen=True, kw_only=True, tag="PersonExported"):
    """All that is held of a person was handed over, but the words withheld as another's."""

    person: str
    reason: str
    withheld: tuple[Withheld, ...] = ()
    by: str
    exported_at: datetime
