"""Local time of a Green Button feed: its offset and its own rules of summer time."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NTH = {2: 0, 3: 1, 4: 2, 5: 3, 6: 4}  # operators that count weekdays of a month
ON_DAY, ON_OR_AFTER, LAST = 0, 1, 7
END_OF_TIME = 4_102_444_800  # the year 2100
MILLISECONDS = 10**11  # a later second lies in the year 5138


@dataclass(frozen=True, slots=True)
class LocalTime:
    """`start` and `end` are the feed's 32-bit rules, in standard time and in summer time; None without summer time."""

    offset: timedelta = timedelta(0)
    summer: timedelta = timedelta(0)
    start: int | None = None
    end: int | None = None

    def read(self, stamp: int) -> datetime | None:
        """Of seconds, or milliseconds, since 1970; None for what is no time."""
        seconds = stamp // 1000 if abs(stamp) > MILLISECONDS else stamp
        if not 0 < seconds < END_OF_TIME:
            return None
        standard = datetime.fromtimestamp(seconds, UTC) + self.offset
        return standard + self.summer if self._is_summer(standard) else standard

    def _is_summer(self, standard: datetime) -> bool:
        if not self.summer or self.start is None or self.end is None:
            return False
        begins, ends = find_change(self.start, standard.year), find_change(self.end, standard.year)
        if begins is None or ends is None:
            return False
        ends -= self.summer
        return begins <= standard < ends if begins < ends else not ends <= standard < begins


def find_change(rule: int, year: int) -> datetime | None:
    """When a rule strikes: seconds in bits 0–11, hour 12–16, weekday 17–19 (Monday is 1), day 20–24, operator 25–27,
    month 28–31, as the ESPI schema packs them. None for what is no rule."""
    seconds, hour, weekday = rule & 0xFFF, rule >> 12 & 0x1F, rule >> 17 & 7
    day, operator, month = rule >> 20 & 0x1F, rule >> 25 & 7, rule >> 28 & 0xF
    if not 1 <= month <= 12 or hour > 23:
        return None
    length = monthrange(year, month)[1]
    if operator == ON_DAY:
        first = min(max(day, 1), length)
    elif operator == ON_OR_AFTER:
        first = _find_weekday(year, month, min(max(day, 1), length), weekday)
    elif operator == LAST:
        first = _find_weekday(year, month, length - 6, weekday)
    else:
        first = min(_find_weekday(year, month, 1, weekday) + 7 * NTH[operator], length)
    return datetime(year, month, min(first, length), hour, tzinfo=UTC) + timedelta(seconds=seconds)


def _find_weekday(year: int, month: int, day: int, weekday: int) -> int:
    """The first such weekday on or after the day; may lie beyond the month's end."""
    here = datetime(year, month, day, tzinfo=UTC).isoweekday()
    return day + ((weekday or 7) - here) % 7
