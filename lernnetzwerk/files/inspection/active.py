"""What a PDF would do by itself, or carries along: scripts, programs to start, embedded files. Through pypdf."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

ACTIONS = {"/JavaScript": "javascript", "/Launch": "launch", "/ImportData": "launch", "/SubmitForm": "contact"}
LEAVING = ("/URI", "/GoToR", "/GoToE", "/Thread")  # honest behind a link, not when it happens by itself
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


def active_content(file: BinaryIO, most: int) -> list[str]:
    """Sorted keys of what was found; files that pypdf cannot follow are believed to hold nothing."""
    file.seek(0)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            reader.decrypt("")
        return sorted(set(kinds(reader.trailer["/Root"], most)))
    except MemoryError:
        raise
    except Exception:
        return []


def kinds(root: Any, most: int) -> Iterator[str]:
    """Walks from the catalog along the places an action can stand at, each indirect object once."""
    open_, seen = [root], set()
    while open_ and most > 0:
        most -= 1
        thing = open_.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, ArrayObject):
            open_ += list(thing)
        elif isinstance(thing, DictionaryObject):
            yield from kinds_of(thing)
            open_ += below(thing)


def kinds_of(thing: DictionaryObject) -> Iterator[str]:
    if "/JS" in thing:
        yield "javascript"
    action = resolved(thing.get("/S"))
    if action in ACTIONS:
        yield ACTIONS[action]
    if "/EF" in thing or thing.get("/Subtype") == "/FileAttachment" or "/EmbeddedFiles" in thing:
        yield "embedded"
    if "/EF" in thing and any(PROGRAMS.search(str(thing.get(key, ""))) for key in ("/F", "/UF")):
        yield "program"
    if is_on_a_share(thing) or any(resolved(action.get("/S")) in LEAVING for action in started(thing)):
        yield "contact"
    if "/XFA" in thing:
        yield "xfa"
    if thing.get("/Subtype") in MEDIA:
        yield "media"


def started(thing: DictionaryObject) -> Iterator[DictionaryObject]:
    """The actions it starts by itself, and those that follow them."""
    events = resolved(thing.get("/AA"))
    for action in [thing.get("/OpenAction"), *(events.values() if isinstance(events, DictionaryObject) else ())]:
        yield from chain(action)


def chain(action: Any) -> Iterator[DictionaryObject]:
    """At most so many that one chain leading back into itself ends."""
    open_, left = [action], LONGEST_CHAIN
    while open_ and left:
        left -= 1
        one = resolved(open_.pop())
        if isinstance(one, DictionaryObject):
            yield one
            following = resolved(one.get("/Next"))
            open_ += following if isinstance(following, ArrayObject) else [following]


def is_on_a_share(action: DictionaryObject) -> bool:
    """Whoever follows it tells a foreign computer the name and a hash of the password, even behind a link."""
    if resolved(action.get("/S")) not in LEAVING:
        return False
    target = resolved(action.get("/F"))
    names = [target.get(key) for key in ("/F", "/UF", "/DOS", "/Unix")] if isinstance(target, dict) else [target]
    return any(SHARE.match(str(name)) for name in [*names, action.get("/URI")] if name is not None)


def resolved(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, IndirectObject) else thing


def below(thing: DictionaryObject) -> Iterable[Any]:
    """Unresolved, so that loops are seen."""
    keys = KEYS if "/AA" not in thing and "/S" not in thing else (*KEYS, *EVENTS)
    for key in keys:
        if key in thing:
            value = thing.raw_get(key)
            if key == "/AA":
                events = value.get_object()
                yield from (events.raw_get(event) for event in events if isinstance(events, DictionaryObject))
            else:
                yield value
