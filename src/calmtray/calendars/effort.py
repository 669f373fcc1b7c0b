"""How much work a rule of recurrence is, counted before any of it is done.

A rule may ask for every second since 1970. Timing it would give another answer on every machine; counting does not.
"""

from __future__ import annotations

YEAR = 366

A_DAY = {
    # Each takes four times as long as a day does that is looked at.
    "SECONDLY": 4 * 86_400,
    "MINUTELY": 4 * 1_440,
    "HOURLY": 4 * 24,
    "DAILY": 1,
    "WEEKLY": 1,
    "MONTHLY": 1,
    "YEARLY": 1,
}
PLAIN = {"FREQ", "INTERVAL", "BYDAY", "WKST", "UNTIL"}
"""A rule of these alone goes on for ever the same, from whichever of its days it is begun."""

LONGEST_RULE = 1_000
"""Letters. Each day is looked for in every list that a rule has."""

TIMES = (("BYHOUR", 24), ("BYMINUTE", 60), ("BYSECOND", 60))


def effort(rule: str, days: int) -> int | None:
    """In how many steps a rule is followed through so many days; None where it makes no sense.

    The years are those that a rule may be looked for beyond its last day: see ``appointments.fence``.
    """
    parts = _parts(rule)
    a_day = A_DAY.get(parts.get("FREQ", ""))
    interval = parts.get("INTERVAL", "1")
    if len(rule) > LONGEST_RULE:
        return None
    # An interval of zero never moves on.
    if a_day is None or not interval.isascii() or not interval.isdecimal() or not int(interval[:9]):
        return None
    steps = (max(days, 0) + 2 * YEAR) * a_day // int(interval[:9]) + 1
    for name, most in TIMES:
        if name in parts:
            steps *= min(parts[name].count(",") + 1, most)
    return steps


def plain_period(rule: str) -> int | None:
    """After how many days a plain rule begins anew; None where it depends on when it began, or makes no sense."""
    parts = _parts(rule)
    interval = parts.get("INTERVAL", "1")
    days = {"DAILY": 1, "WEEKLY": 7}.get(parts.get("FREQ", ""))
    if days is None or not parts.keys() <= PLAIN or not interval.isascii() or not interval.isdecimal():
        return None
    return days * int(interval[:9]) or None


def longest(rule: str) -> int | None:
    """After how many days a rule that comes so many times is over at the latest; None where that is not plain."""
    parts = _parts(rule)
    times, interval = parts.get("COUNT", ""), parts.get("INTERVAL", "1")
    days = {"DAILY": 7 if "BYDAY" in parts else 1, "WEEKLY": 7}.get(parts.get("FREQ", ""))
    plain = all(number.isascii() and number.isdecimal() for number in (times, interval))
    if days is None or not plain or not parts.keys() <= {*PLAIN, "COUNT"}:
        return None
    return (int(times[:9]) + 1) * int(interval[:9]) * days


def _parts(rule: str) -> dict[str, str]:
    return dict(part.upper().split("=", 1) for part in rule.split(";") if "=" in part)
