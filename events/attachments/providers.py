"""Providers of external videos: only known ones are embedded, and only after a click."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([^/]+)/?")
VIMEO_PATH = re.compile(r"/(?:video/)?([0-9]{1,12})(?:/([0-9a-f]{1,20}))?/?")


@dataclass(frozen=True)
class Provider:
    name: str
    company: str
    country: str
    origin: str  # of the frame, the only one that the page's policy allows
    hosts: frozenset[str]


@dataclass(frozen=True)
class Embedding:
    provider: Provider
    address: str


YOUTUBE = Provider(
    "YouTube",
    "Google",
    "USA",
    "https://www.youtube-nocookie.com",
    frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}),
)
VIMEO = Provider(
    "Vimeo", "Vimeo", "USA", "https://player.vimeo.com", frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"})
)


def embedding(url: str) -> Embedding | None:
    """The embedding of a video's address; None for unknown providers, which are only linked."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.username is not None or port is not None:
        return None
    if parts.hostname in YOUTUBE.hosts:
        return _youtube(parts)
    return _vimeo(parts) if parts.hostname in VIMEO.hosts else None


def _youtube(parts: SplitResult) -> Embedding | None:
    if parts.hostname == "youtu.be":
        video = parts.path.strip("/")
    elif parts.path == "/watch":
        video = parse_qs(parts.query, max_num_fields=50).get("v", [""])[0] if parts.query.count("&") < 50 else ""
    else:
        match = YOUTUBE_PATH.fullmatch(parts.path)
        video = match[1] if match else ""
    if not YOUTUBE_ID.fullmatch(video):
        return None
    return Embedding(YOUTUBE, f"{YOUTUBE.origin}/embed/{video}?rel=0")


def _vimeo(parts: SplitResult) -> Embedding | None:
    match = VIMEO_PATH.fullmatch(parts.path)
    if match is None:
        return None
    unlisted = f"&h={match[2]}" if match[2] else ""
    return Embedding(VIMEO, f"{VIMEO.origin}/video/{match[1]}?dnt=1{unlisted}")
