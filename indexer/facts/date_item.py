"""One day, month, part of the year or year as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indexer.facts.clock_grammar import Hours
from indexer.facts.date_parts import Near

Relative = Literal["next", "last", "this"]


@dataclass(frozen=True, slots=True)
class Item:
    """What was written; what it does not say is None. `until` is the last month of a part of the year that begins in `month`.

    `joins`: how it hangs on the item before it. `week`: that day's week is meant, from this weekday to Sunday.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    until: int | None = None
    relative: Relative | None = None
    near: Near | None = None
    week: int | None = None
    hours: Hours | None = None
    joins: Literal["list", "range"] | None = None

    @property
    def complete(self) -> bool:
        return self.year is not None or (self.relative is not None and (self.day is None or self.month is not None))

    @property
    def from_now(self) -> bool:
        """Whether it is told from the day of writing alone: "hier", "jeudi prochain"."""
        return self.near is not None or (self.weekday is not None and self.day is None)

    @property
    def level(self) -> str:
        if self.day is not None or self.weekday is not None or (self.near and self.near.unit in ("day", "week")):
            return "day"
        return "month" if self.month is not None or (self.near and self.near.unit == "month") else "year"
