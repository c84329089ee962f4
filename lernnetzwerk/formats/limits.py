from msgspec import Struct


class Limits(Struct, frozen=True):
    """Upper bounds for the content of one file. `check` uses `pixels` and `size`, `read` all others."""

    pixels: int = 50_000_000
    size: int = 200_000_000  # bytes of a re-encoded image
    pages: int = 1_000
    pictured_from: int = 1  # the page at which pictures begin
    pictured_pages: int = 150  # and the last one that may have a picture
    picture_seconds: int = 20  # of processor time; after these no further page is rendered
    picture_wall_seconds: int = 25  # the same by the clock, for a busy machine
    comparison_seconds: int = 8  # of processor time; after these text that may be covered or white counts as seen
    picture_bytes: int = 60_000_000
    characters: int = 3_000_000
    characters_per_page: int = 500_000
    outline: int = 500
    elements: int = 50_000
