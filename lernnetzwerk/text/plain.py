"""Formatted text as plain text, one line for each block."""

import re
from html import unescape

BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote)>|<br>")
TAG = re.compile(r"<[^<>]*>")


def plain(html: str) -> str:
    return unescape(TAG.sub("", BLOCK_END.sub("\n", html))).strip()
