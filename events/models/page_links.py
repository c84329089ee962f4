"""Addresses of single pages or slides: an attachment's page shows `AT_ONCE` of them."""

from lernnetzwerk.files.models import StoredFile

PAGES_PER_BLOCK = 60


def page_word(stored_file: StoredFile) -> str:
    return stored_file.type.pages[0] if stored_file.type else "Seite"


def page_address(stored_file: StoredFile, number: int) -> str:
    """Query and fragment of one page on its attachment's page: `#folie-7`, `?ab=61#seite-75`."""
    start = block_of(number)
    query = f"?ab={start}" if start > 1 else ""
    return f"{query}#{page_word(stored_file).lower()}-{number}"


def block_of(number: int) -> int:
    """The first page of the block that contains page `number`."""
    return (number - 1) // PAGES_PER_BLOCK * PAGES_PER_BLOCK + 1
