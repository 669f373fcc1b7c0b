"""What of a calendar's bytes may matter for a few days: all else is dropped before anything is parsed.

Parsing 50,000 entries takes half a minute. Most of them ended long ago, and their dates stand in them as digits.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from calmtray.calendars.effort import effort, longest, plain_period

MOST_ENTRIES = 200_000
MOST_KEPT, MOST_BYTES = 4_000, 4_000_000
MOST_STEPS, MOST_STEPS_EACH = 4_000_000, 400_000
MOST_ZONES, LARGEST_ZONE = 50, 64_000
LONGEST_TITLE = 500

ZONES_APART = timedelta(days=2)
"""A date is meant in some zone, and the days in another."""

LONGEST = timedelta(days=40)
"""Nothing that recurs lasts longer."""

_PARAMETERS = rb'(?:;(?:[^":\n]|"[^"\n]*")*)?:'
_DATE = rb"(\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_START = re.compile(rb"\nDTSTART" + _PARAMETERS + _DATE)
_END = re.compile(rb"\nDTEND" + _PARAMETERS + _DATE)
_DURATION = re.compile(rb"\nDURATION:\+?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?)?")
_REPLACES = re.compile(rb"\nRECURRENCE-ID" + _PARAMETERS + _DATE)
_UID = re.compile(rb"\nUID[^\n]*?:([^\n]*)")
_RULE = re.compile(rb"\nRRULE[^:\n]*:([^\n]*)")
_UNTIL = re.compile(rb"UNTIL=(\d{8})", re.IGNORECASE)
_WANTED = re.compile(
    rb"\n((?:UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|SEQUENCE|STATUS|TRANSP|SUMMARY|CATEGORIES"
    rb"|X-MICROSOFT-CDO-BUSYSTATUS)[;:][^\n]*)"
)
_DATES = re.compile(rb"((?:RDATE|EXDATE)" + _PARAMETERS + rb")(.*)")
_TITLE = re.compile(rb"(?:SUMMARY|CATEGORIES)[;:]")
_WHOLE_DAY = re.compile(rb"(;?UNTIL=\d{8})(?=;|$)", re.IGNORECASE)
_LINE_ENDS = re.compile(rb"\r+\n?")
_BLANKS_AFTER = re.compile(rb"\n(?:BEGIN|END):V[A-Z]+[ \t]")
_SMALL = re.compile(rb"^[A-Za-z-]+(?=[;:])", re.MULTILINE)
_NAMES = re.compile(rb"^((?:BEGIN|END):)([A-Za-z-]+)$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sieved:
    """The entries that may matter, those of one series together, and the zones that the file describes itself.

    ``left_out``: how many entries were left out, by the code of the reason.
    """

    series: tuple[bytes, ...] = ()
    zones: tuple[bytes, ...] = ()
    left_out: Counter[str] = field(default_factory=Counter)


class Sieve:
    """Lets through what may matter from the day ``first`` to the day ``last``, of all calendars together so much."""

    def __init__(self, first: date, last: date) -> None:
        self._last = last
        self._first, self._end = _digits(first - ZONES_APART), _digits(last + ZONES_APART)
        self._reaching_day = first - ZONES_APART - LONGEST
        self._reaching = _digits(self._reaching_day)
        self._first_day = first - ZONES_APART
        self._left_out: Counter[str] = Counter()
        self._steps, self._room, self._bytes = MOST_STEPS, MOST_KEPT, MOST_BYTES

    def through(self, data: bytes) -> Sieved | None:
        """What may matter of this calendar; None where it is none."""
        self._left_out = Counter()
        text = _text_of(data)
        if b"\nBEGIN:VCALENDAR" not in text:
            return None
        if text.count(b"\nMETHOD:CANCEL\n") == text.count(b"\nBEGIN:VCALENDAR"):
            # All that it holds was called off.
            return Sieved()
        # Before the first one, and between them, is what no entry holds.
        entries = text.split(b"\nBEGIN:VEVENT\n")
        if len(entries) - 1 > MOST_ENTRIES:
            return Sieved(left_out=Counter({"agenda-too-many": len(entries) - 1}))
        if b"\nEND:VCALENDAR" not in text:
            self._left_out["agenda-cut-short"] += 1
        series: dict[bytes, list[bytes]] = {}
        for number, entry in enumerate(entries[1:]):
            body, ended, _between = entry.partition(b"\nEND:VEVENT")
            if not ended:
                self._left_out["agenda-cut-short"] += 1
                continue
            kept = self._kept(b"\n" + body)
            if kept is None:
                continue
            if not self._room or len(kept) > self._bytes:
                self._left_out["agenda-too-full"] += 1
                continue
            self._room -= 1
            self._bytes -= len(kept)
            found = _UID.search(kept)
            uid = found[1] if found else b"%d" % number
            series.setdefault(uid, []).append(kept if found else kept + b"\nUID:%d" % number)
        whole = tuple(b"".join(b"\nBEGIN:VEVENT%s\nEND:VEVENT" % kept for kept in each) for each in series.values())
        return Sieved(whole, tuple(self._zones(text)) if whole else (), self._left_out)

    def _kept(self, body: bytes) -> bytes | None:
        """An entry without what isn't needed, or None where it can't matter."""
        found = _START.search(body)
        replaces = _REPLACES.search(body) if b"\nRECURRENCE-ID" in body else None
        if found is None:
            self._left_out["agenda-unclear"] += 1
            return None
        start = found[1]
        if b"\nDTSTART;VALUE=DATE:" in body and replaces is None:
            # A holiday, or a birthday: nobody is busy with it by the clock.
            return None
        if replaces is not None:
            # It matters where it is, and where it is no longer. All that follows may move with it.
            near = self._first <= replaces[1] <= self._end or b"RANGE=THISANDFUTURE" in body
            if not (near or self._touches(start, body)):
                return None
        elif b"\nRRULE" in body or b"\nRDATE" in body:
            body, start = self._brought_near(body, start)
            if start > self._end or not self._recurs_here(body, start):
                return None
        elif not self._touches(start, body):
            return None
        return self._lines(_outer(body))

    def _touches(self, start: bytes, body: bytes) -> bool:
        if start > self._end:
            return False
        if start >= self._first:
            return True
        end = _END.search(body)
        if end is not None:
            return end[1] >= self._first
        lasts = _DURATION.search(_outer(body))
        if lasts is None:
            return False
        weeks, days, hours = (int(part or 0) for part in lasts.groups())
        try:
            return _date(start) + timedelta(days=weeks * 7 + days + hours // 24 + 1) >= self._first_day
        except ValueError:
            return False

    def _brought_near(self, body: bytes, start: bytes) -> tuple[bytes, bytes]:
        """A plain series as if it had begun not long ago: most have gone on for years, and each week would be counted.

        It is moved by whole periods, to before the days that matter: what else it holds stands there by its date.
        """
        rules = _RULE.findall(body)
        every = plain_period(rules[0].decode("ascii", "replace")) if len(rules) == 1 else None
        if every is None:
            return body, start
        try:
            began = _date(start)
            ahead = timedelta(days=(self._reaching_day - began).days // every * every)
            if ahead <= timedelta():
                return body, start
            start = _digits(began + ahead)
            end = _END.search(body)
            if end is not None:
                body = body[: end.start(1)] + _digits(_date(end[1]) + ahead) + body[end.end(1) :]
        except (ValueError, OverflowError):
            return body, start
        found = _START.search(body)
        assert found is not None
        return body[: found.start(1)] + start + body[found.end(1) :], start

    def _recurs_here(self, body: bytes, start: bytes) -> bool:
        """Whether it may recur in these days, with an effort that is bearable."""
        rules = _RULE.findall(body)
        if rules and all(self._is_over(rule, start) for rule in rules) and b"\nRDATE" not in body:
            return False
        try:
            days = (self._last - _date(start)).days
        except ValueError:
            self._left_out["agenda-unclear"] += 1
            return False
        efforts = [effort(rule.decode("ascii", "replace"), days) for rule in rules]
        steps = sum(each for each in efforts if each is not None)
        if None in efforts:
            self._left_out["agenda-unclear"] += 1
            return False
        if steps > min(MOST_STEPS_EACH, self._steps):
            self._left_out["agenda-endless" if steps > MOST_STEPS_EACH else "agenda-recurs-too-much"] += 1
            return False
        self._steps -= steps
        return True

    def _is_over(self, rule: bytes, start: bytes) -> bool:
        """Whether a rule ended before the days that matter, by its last day or by its number."""
        until = _UNTIL.search(rule)
        if until is not None:
            return until[1] < self._reaching
        most = longest(rule.decode("ascii", "replace"))
        try:
            return most is not None and _date(start) + timedelta(days=most) < self._reaching_day
        except (ValueError, OverflowError):
            return False

    def _lines(self, body: bytes) -> bytes:
        lines = []
        for line in _WANTED.findall(body):
            dates = _DATES.fullmatch(line)
            if dates is not None:
                near = [each for each in dates[2].split(b",") if self._reaching <= each[:8] <= self._end]
                if near:
                    lines.append(dates[1] + b",".join(near))
            else:
                lines.append(line[:LONGEST_TITLE] if _TITLE.match(line) else _until_the_evening(line))
        return b"".join(b"\n" + line for line in lines)

    def _zones(self, text: bytes) -> list[bytes]:
        """Those whose rules are bearable: once or twice a year, as the clocks are put on and back."""
        found = []
        for each in text.split(b"\nBEGIN:VTIMEZONE\n")[1:]:
            zone, ended, _between = each.partition(b"\nEND:VTIMEZONE")
            yearly = all(rule.upper().startswith(b"FREQ=YEARLY") for rule in _RULE.findall(b"\n" + zone))
            if ended and len(zone) <= LARGEST_ZONE and yearly and b"BYHOUR" not in zone and b"BYMINUTE" not in zone:
                found.append(b"\nBEGIN:VTIMEZONE\n" + zone + b"\nEND:VTIMEZONE")
        return found[:MOST_ZONES]


def _text_of(data: bytes) -> bytes:
    """Each line as one, after a line end, with names in capitals."""
    text = b"\n" + data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if b"\r" in text:
        # Written twice as text, or by an old Mac.
        text = _LINE_ENDS.sub(b"\n", text)
    if _BLANKS_AFTER.search(text):
        text = b"\n".join(line.rstrip(b" \t") for line in text.split(b"\n"))
    text = text.replace(b"\n ", b"").replace(b"\n\t", b"")
    if b"\nBEGIN:VCALENDAR" not in text:
        # Names may be written in small letters; hardly any program does so.
        text = _NAMES.sub(lambda found: found[0].upper(), _SMALL.sub(lambda found: found[0].upper(), text))
    return text


def _outer(body: bytes) -> bytes:
    """An entry without what lies in it, such as its alarms: they have lines of the same names."""
    if b"\nBEGIN:" not in body:
        return body
    lines, depth = [], 0
    # From line to line: a pattern would look for the end of each of a million beginnings.
    for line in body.split(b"\n"):
        if line.startswith(b"BEGIN:"):
            depth += 1
        elif line.startswith(b"END:"):
            depth -= 1
        elif not depth:
            lines.append(line)
    return b"\n".join(lines)


def _until_the_evening(line: bytes) -> bytes:
    """Where a rule ends with a day, that day belongs to it; the standard asks for a time, and programs leave it out."""
    return _WHOLE_DAY.sub(rb"\1T235959Z", line) if line.startswith(b"RRULE") else line


def _digits(day: date) -> bytes:
    return f"{day:%Y%m%d}".encode()


def _date(digits: bytes) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
