"""Times of a programme as minutes after midnight of the day they belong to: 1:00 in the night after it is 1500."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

HOUR = 60
DAY = 24 * HOUR
MORNING = time(6)
NIGHTS_END = DAY + MORNING.hour * HOUR
LATER_DAYS = {1: "am nächsten Tag", 2: "am übernächsten Tag"}


def moment(day: date, minutes: int) -> datetime:
    """The moment in Europe/Berlin at which clocks show that time; one that is skipped in spring is an hour later."""
    shown = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    return timezone.make_aware(shown).astimezone(UTC).astimezone(timezone.get_default_timezone())


def is_skipped(day: date, minutes: int) -> bool:
    """Whether no clock in Berlin ever shows that time: they are put forward from 2:00 to 3:00 in spring."""
    shown_then = moment(day, minutes)
    return shown_then.hour * HOUR + shown_then.minute != minutes % DAY


def last_end(spans: Iterable[tuple[int | None, int | None]]) -> int | None:
    """The latest end of items with these begins and ends; None if the end of the last one is unknown."""
    known = sorted(((begins, ends) for begins, ends in spans if begins is not None), key=lambda span: span[0])
    if not known or known[-1][1] is None:
        return None
    return max(ends for _begins, ends in known if ends is not None)


def clock(minutes: int) -> str:
    """`22:30`, whatever the day."""
    return f"{minutes // HOUR % 24:02}:{minutes % HOUR:02}"


def in_words(minutes: int) -> str:
    """`22:30 Uhr`, `0:30 Uhr nachts`, `13:30 Uhr am nächsten Tag`."""
    shown, days = clock(minutes), minutes // DAY
    if not days:
        return f"{shown} Uhr"
    if minutes < NIGHTS_END:
        return f"{shown.removeprefix('0')} Uhr nachts"
    return f"{shown} Uhr {LATER_DAYS.get(days, f'{days} Tage später')}"


def shown(minutes: int) -> str:
    """`22:30`; where it is not on the day itself, as `in_words`."""
    return in_words(minutes) if minutes >= DAY else clock(minutes)


def span(begins: int, ends: int | None) -> str:
    """`ab 10:00 Uhr`, `10:00 bis 11:20 Uhr`, `22:30 bis 1:00 Uhr nachts`, `0:30 bis 1:30 Uhr nachts`."""
    if ends is None or ends == begins:
        return f"ab {in_words(begins)}" if ends is None else in_words(begins)
    first, last = in_words(begins), in_words(ends)
    hour, unit = first.split(" ", 1)
    return f"{hour if begins < DAY or last.endswith(f' {unit}') else first} bis {last}"


def length(minutes: int) -> str:
    """`45 Minuten`, `2 Stunden`, `23 Stunden 30 Minuten`."""
    hours, rest = divmod(minutes, HOUR)
    parts = [f"{hours} {'Stunde' if hours == 1 else 'Stunden'}" if hours else ""]
    parts.append(f"{rest} {'Minute' if rest == 1 else 'Minuten'}" if rest or not hours else "")
    return " ".join(filter(None, parts))
