"""Formats sizes, counts and durations in German."""

SHORT = 600  # seconds; shorter recordings show seconds


def format_size(size: int) -> str:
    """Bytes as "512 Bytes", "240 kB", "2,4 MB"; 1 kB is 1000 bytes, as in file managers and browsers."""
    if size < 1000:
        return "1 Byte" if size == 1 else f"{size} Bytes"
    if size < 999_500:
        return f"{(size + 500) // 1000} kB"
    unit, name = (1_000_000, "MB") if size < 999_950_000 else (1_000_000_000, "GB")
    tenths = (size * 10 + unit // 2) // unit
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth} {name}" if tenth else f"{whole} {name}"


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def format_duration(seconds: int) -> str:
    """Such as "1 Minute 12 Sekunden", "42 Minuten", "1 Stunde 5 Minuten"."""
    if seconds < SHORT:
        hours, (minutes, rest) = 0, divmod(seconds, 60)
    else:
        (hours, minutes), rest = divmod((seconds + 30) // 60, 60), 0
    parts = [(hours, "Stunde", "Stunden"), (minutes, "Minute", "Minuten"), (rest, "Sekunde", "Sekunden")]
    return " ".join(count(*part) for part in parts if part[0])
