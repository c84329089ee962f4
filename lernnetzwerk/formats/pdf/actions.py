"""Actions and embedded content of a PDF: scripts, programs to start, attachments. Read with pypdf."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from lernnetzwerk.formats.pdf.objects import resolved
from lernnetzwerk.formats.results import ActiveContent

ACTIONS: dict[str, ActiveContent] = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/ImportData": "launch",
    "/SubmitForm": "contact",
}
EXTERNAL = ("/URI", "/GoToR", "/GoToE", "/Thread")  # allowed behind a link, reported when automatic
SHARE = re.compile(r"\s*([\\/]{2}|file:([\\/]{2}|[\\/]{4,})[^\\/])", re.IGNORECASE)
LONGEST_CHAIN = 20
SOME_KEYS = ("/OpenAction", "/AA", "/A", "/Next", "/Names", "/JavaScript", "/EmbeddedFiles", "/Kids", "/AcroForm")
KEYS = (*SOME_KEYS, "/Fields", "/Annots", "/Pages", "/Outlines", "/First", "/AF", "/FS")
MEDIA = ("/RichMedia", "/Movie", "/Screen", "/Sound", "/3D")
PROGRAMS = re.compile(
    r"\.(apk|app|bat|cmd|com|cpl|dll|docm|dotm|exe|hta|jar|js|jse|lnk|msi|msp|pif|potm|ppam|ppsm|pptm|ps1|py|reg|scr|sh|"
    r"vbe|vbs|wsf|wsh|xlam|xlsb|xlsm|xltm)[\s.]*$",
    re.IGNORECASE,
)
EVENTS = ("/O", "/C", "/E", "/X", "/D", "/U", "/Fo", "/Bl", "/PO", "/PC", "/PV", "/PI", "/K", "/F", "/V", "/WC", "/WS")


def active_content(reader: PdfReader | None, most: int) -> list[ActiveContent]:
    """The kinds found in at most `most` objects, sorted; none in files that pypdf cannot parse."""
    try:
        return sorted(set(walk(reader.trailer["/Root"], most))) if reader else []
    except MemoryError:
        raise
    except Exception:
        return []


def walk(root: Any, most: int) -> Iterator[ActiveContent]:
    """Visit each indirect object below the catalog once, along the keys that can lead to an action."""
    pending, seen = [root], set()
    while pending and most > 0:
        most -= 1
        node = pending.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
            node = node.get_object()
        if isinstance(node, ArrayObject):
            pending += list(node)
        elif isinstance(node, DictionaryObject):
            yield from kinds_of(node)
            pending += children(node)


def kinds_of(node: DictionaryObject) -> Iterator[ActiveContent]:
    if "/JS" in node:
        yield "javascript"
    action = resolved(node.get("/S"))
    if action in ACTIONS:
        yield ACTIONS[action]
    if "/EF" in node or node.get("/Subtype") == "/FileAttachment" or "/EmbeddedFiles" in node:
        yield "embedded"
    if "/EF" in node and any(PROGRAMS.search(str(node.get(key, ""))) for key in ("/F", "/UF")):
        yield "program"
    if is_on_network_share(node) or any(resolved(action.get("/S")) in EXTERNAL for action in automatic_actions(node)):
        yield "contact"
    if "/XFA" in node:
        yield "xfa"
    if node.get("/Subtype") in MEDIA:
        yield "media"


def automatic_actions(node: DictionaryObject) -> Iterator[DictionaryObject]:
    """The automatic actions of a node and their successors."""
    events = resolved(node.get("/AA"))
    for action in [node.get("/OpenAction"), *(events.values() if isinstance(events, DictionaryObject) else ())]:
        yield from chain(action)


def chain(action: Any) -> Iterator[DictionaryObject]:
    """An action and its successors, at most LONGEST_CHAIN of them: a chain may be circular."""
    pending, left = [action], LONGEST_CHAIN
    while pending and left:
        left -= 1
        one = resolved(pending.pop())
        if isinstance(one, DictionaryObject):
            yield one
            following = resolved(one.get("/Next"))
            pending += following if isinstance(following, ArrayObject) else [following]


def is_on_network_share(action: DictionaryObject) -> bool:
    """Whether an action opens a network share, which receives the user's name and password hash."""
    if resolved(action.get("/S")) not in EXTERNAL:
        return False
    target = resolved(action.get("/F"))
    names = [target.get(key) for key in ("/F", "/UF", "/DOS", "/Unix")] if isinstance(target, dict) else [target]
    return any(SHARE.match(str(name)) for name in [*names, action.get("/URI")] if name is not None)


def children(node: DictionaryObject) -> Iterable[Any]:
    """Child nodes, not resolved, so that `walk` recognises loops."""
    keys = KEYS if "/AA" not in node and "/S" not in node else (*KEYS, *EVENTS)
    for key in keys:
        if key in node:
            value = node.raw_get(key)
            if key == "/AA":
                events = value.get_object()
                yield from (events.raw_get(event) for event in events if isinstance(events, DictionaryObject))
            else:
                yield value
