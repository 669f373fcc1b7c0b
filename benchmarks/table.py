"""One figure of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is, ours, the baseline's (or none), and what it should be at most (None: nobody said)."""

    name: str
    ours: float
    base: float | None
    most: float | None
    unit: str

    @property
    def judged(self) -> float:
        """What the limit is about: the ratio where there is a baseline, else the figure."""
        return self.ours / self.base if self.base else self.ours

    @property
    def holds(self) -> bool:
        """Whether it is within its limit, if it has one."""
        return self.most is None or self.judged <= self.most

    def __str__(self) -> str:
        base = f"{self.base:10.3f}" if self.base is not None else " " * 10
        if self.most is None:
            return f"{self.name:48} {self.ours:10.3f} {base} {self.unit}"
        limit = f"{self.judged:7.2f} x of {self.most:g} x" if self.base else f"{'':9} of {self.most:g}"
        verdict = "ok" if self.holds else "TOO MUCH"
        return f"{self.name:48} {self.ours:10.3f} {base} {self.unit:10} {limit:22} {verdict}"
