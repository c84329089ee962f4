"""German text as a slug and as a sort key."""

import re
import unicodedata

from django.utils.text import slugify

from lernnetzwerk.formats.combining import normalized
from lernnetzwerk.text.folding import transliterate


def german_slug(text: str, max_length: int = 100) -> str:
    """`Lünen: Case-Management` becomes `luenen-case-management`; truncated after a word."""
    slug = slugify(transliterate(text))
    if len(slug) <= max_length:
        return slug
    return (slug[:max_length].rpartition("-")[0] or slug[:max_length]).strip("-_")


def german_words(text: str, max_length: int = 100) -> str:
    """`Aktivieren oder befähigen?` becomes `Aktivieren-oder-befaehigen`; truncated after a word."""
    dashed = re.sub(r"[\u2010-\u2015]", "-", transliterate(text))
    plain = normalized("NFKD", dashed).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain.replace("'", ""))
    joined = "-".join(words)
    if len(joined) <= max_length:
        return joined
    return joined[: max_length + 1].rpartition("-")[0] or joined[:max_length]


def sort_key(text: str, max_length: int | None = None) -> str:
    """Sorts as German dictionaries do (DIN 5007-1): ä like a, ß like ss, Ł like L, ignoring case and accents."""
    decomposed = normalized("NFKD", text.replace("ß", "ss").replace("ẞ", "ss"))
    plain = "".join(_sorted(sign) for sign in decomposed if not unicodedata.combining(sign))
    return plain.casefold()[:max_length]


def _sorted(sign: str) -> str:
    """Other scripts keep their own letters, behind Z."""
    return transliterate(sign) if unicodedata.name(sign, "").startswith("LATIN") else sign
