"""The sizes of a picture as addresses name them."""

SMALL, LARGE = "klein", "gross"


class SizeConverter:
    """`<size:…>` at the end of an address; anything else is no address."""

    regex = f"{SMALL}|{LARGE}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
