"""When supervision may name agents: once three steps carry their dates, none of them to come (rules R26)."""

from datetime import date

import msgspec


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """The CSE was consulted, the agents informed, the impact analysed; None where that is not dated yet."""

    consulted_on: date | None = None
    informed_on: date | None = None
    analysed_on: date | None = None

    def opinion(self, today: date) -> date | None:
        """The day of the CSE's opinion, if agents may be named today; None as long as they may not."""
        steps = (self.consulted_on, self.informed_on, self.analysed_on)
        are_done = all(day is not None and day <= today for day in steps)
        return self.consulted_on if are_done else None

    def to_come(self, today: date) -> str:
        """The name of the first step dated after today; empty when there is none."""
        dated: dict[str, date | None] = {step: getattr(self, step) for step in STEPS}
        return next((step for step, day in dated.items() if day is not None and day > today), "")


STEPS: tuple[str, ...] = Naming.__struct_fields__
"""What is dated, as the fields of the command, of the fact and of the row are called."""
