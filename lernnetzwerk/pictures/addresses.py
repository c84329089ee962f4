"""The sizes of a picture in addresses."""

SMALL, LARGE = "klein", "gross"


class SizeConverter:
    """URL converter `<size:…>`; accepts no other value."""

    regex = f"{SMALL}|{LARGE}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
