"""Whether extracted text has usable letters. Fonts without a table of letters give text such as "% (-.48&79)&"."""

import re
import unicodedata

FEWEST = 30  # characters from which the text itself is judged; a title may be short
MOST_UNMAPPED = 0.5
MOST_UNUSABLE = 0.3  # share of characters that are no text
MOST_MIXED = 0.5
FEWEST_LETTERS, MOST_LETTERS = 0.6, 0.8
VOWELS = frozenset("aeiouyäöü")
VOWEL_SHARE = (0.25, 0.6)  # of the letters of European languages
UNUSABLE = {"Cc", "Co", "Cn", "Cs"}
KEPT = frozenset("\t\n\r\f\v\x02\ufffe")  # the last two are PDFium's hyphens
# A sign that stands between letters or digits in no word, number or formula.
MIXED = re.compile(r"[^\W_][\"!#$%&'*?@\\`{|}~;]+[^\W_]")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.|https?:|www\.|\w[?&]\w+=")


def is_legible(text: str, unmapped: float) -> bool:
    """`unmapped` is the share of characters, 0 to 1, of whose letter the font says nothing."""
    seen = [char for char in text if not char.isspace() and char not in KEPT]
    if not seen:
        return True
    if sum(unicodedata.category(char) in UNUSABLE or char == "\ufffd" for char in seen) > MOST_UNUSABLE * len(seen):
        return False
    if unmapped > MOST_UNMAPPED:
        return has_words(seen)
    return len(seen) < FEWEST or not is_mixed(text, len(seen))


def has_words(seen: list[str]) -> bool:
    """Whether the characters are those of a European language: old fonts have codes that happen to be right."""
    letters = [char.lower() for char in seen if char.isalpha()]
    if not letters or len(letters) < FEWEST_LETTERS * len(seen):
        return False
    vowels = sum(char in VOWELS for char in letters)
    return VOWEL_SHARE[0] <= vowels / len(letters) <= VOWEL_SHARE[1]


def is_mixed(text: str, count: int) -> bool:
    """Whether most of the text is made of "words" with signs in their middle."""
    words = [word for word in text.split() if MIXED.search(word) and not is_word_or_address(word)]
    return sum(map(len, words)) > MOST_MIXED * count


def is_word_or_address(word: str) -> bool:
    """Whether nearly all signs are letters, such as in "Schüler*innen", or it leads somewhere."""
    return sum(map(str.isalpha, word)) > MOST_LETTERS * len(word) or ADDRESS.search(word) is not None
