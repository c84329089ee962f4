"""German text as a slug and as a sort key."""

import re
import unicodedata

from django.utils.text import slugify

from lernnetzwerk.formats.combining import normalized

ADDRESS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})


def german_slug(text: str, max_length: int = 100) -> str:
    """`Lünen: Case-Management` becomes `luenen-case-management`; truncated after a word."""
    slug = slugify(normalized("NFC", text).translate(ADDRESS))
    if len(slug) <= max_length:
        return slug
    return (slug[:max_length].rpartition("-")[0] or slug[:max_length]).strip("-_")


def german_words(text: str, max_length: int = 100) -> str:
    """`Aktivieren oder befähigen?` becomes `Aktivieren-oder-befaehigen`; truncated after a word."""
    dashed = re.sub(r"[\u2010-\u2015]", "-", normalized("NFC", text).translate(ADDRESS))
    plain = normalized("NFKD", dashed).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain.replace("'", ""))
    joined = "-".join(words)
    if len(joined) <= max_length:
        return joined
    return joined[: max_length + 1].rpartition("-")[0] or joined[:max_length]


def sort_key(text: str) -> str:
    """Sorts as German dictionaries do (DIN 5007-1): ä like a, ß like ss, ignoring case and accents."""
    decomposed = normalized("NFKD", text.replace("ß", "ss").replace("ẞ", "ss"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
