"""DOCX: one page of text, its headings as the outline. Tracked deletions are excluded."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.formats.languages import most_frequent_language
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office.drawing import MC, PLACEHOLDERS, M, is_described, linked_text
from lernnetzwerk.formats.office.hidden_text import LONGEST_ANCESTRY, W, mark_hidden
from lernnetzwerk.formats.office.relationships import main_part, relationships, targets
from lernnetzwerk.formats.plain_text import clean_line, clean_text
from lernnetzwerk.formats.results import OutlineEntry, Page, ReadResult, TextBudget
from lernnetzwerk.formats.xml_tree import HIDDEN, optional_root, parse_int, required_root

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
# A fallback repeats the content for older programs.
EXCLUDED = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr")} | {f"{MC}Fallback", HIDDEN}
TEXT_TAGS = {f"{W}t", f"{M}t"}
WHITESPACE = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = {"footnotes": f"{W}footnote", "endnotes": f"{W}endnote"}
SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}
DEEPEST_HEADING = 9

Linked = Callable[[Any], str]


def read_document(archive: ZipFile, result: ReadResult, limits: Limits) -> None:
    main = main_part(archive, "word/document.xml")
    body, related = required_root(archive, main), relationships(archive, main)
    parts = {one.type: one.target for one in related}
    styles = optional_root(archive, parts.get("styles", "word/styles.xml"))
    linked = partial(linked_text, archive, targets(archive, main))
    hidden = Counter({"comments": comments_of(archive, parts.get("comments", ""))})
    mark_hidden(body, styles, hidden)
    text = "".join(paragraphs(body, heading_levels(styles), linked, result, limits))
    notes = [note for kind in NOTES for note in notes_of(archive, kind, parts.get(kind, ""), styles, hidden)]
    result.count_hidden(hidden)
    result.pages = [Page(1, "", TextBudget(limits).truncate(clean_text("\n\n".join([text, *notes]))))]
    result.has_headings = bool(result.outline)
    count_figures(body, result)
    result.language = most_frequent_language(languages(styles, body))


def paragraphs(body: Any, levels: dict[str, int], linked: Linked, result: ReadResult, limits: Limits) -> Iterator[str]:
    """Texts and separators in turn. Appends the headings to the outline."""
    before = None
    for paragraph in body.iter(f"{W}p"):
        text = "" if is_excluded(paragraph) else "".join(run_text(paragraph, linked))
        if not text.strip():
            continue
        level = level_of(paragraph, levels)
        if level and len(result.outline) < limits.outline and clean_line(text):
            result.outline.append(OutlineEntry(level, clean_line(text), 0))
        is_item = paragraph.find(f"{W}pPr/{W}numPr") is not None and not level
        yield separator(before, paragraph) or ("\n" if is_item else "\n\n")
        yield text
        before = paragraph


def separator(before: Any, paragraph: Any) -> str:
    """The separator of two table cells or rows, so that a row becomes one line; empty outside of tables."""
    for tag, between in ((f"{W}tc", ""), (f"{W}tr", " | "), (f"{W}tbl", "\n")):
        one, other = (None if each is None else next(each.iterancestors(tag), None) for each in (before, paragraph))
        if one is None or other is None:
            return ""
        if one is other:
            return between
    return ""


def is_excluded(element: Any) -> bool:
    return any(above.tag in EXCLUDED for above in element.iterancestors())


def run_text(element: Any, linked: Linked) -> Iterator[str]:
    """The text of one paragraph, without the paragraphs of a text box inside it."""
    for child in element:
        if child.tag in EXCLUDED or child.tag == f"{W}p":
            continue
        if child.tag in TEXT_TAGS:
            yield child.text or ""
        elif child.tag in WHITESPACE:
            yield WHITESPACE[child.tag]
        elif child.tag in PLACEHOLDERS:
            yield f"\n{linked(child)}\n"
        else:
            yield from run_text(child, linked)


def comments_of(archive: ZipFile, name: str) -> int:
    part = optional_root(archive, name) if name else None
    return 0 if part is None else len(part.findall(f"{W}comment"))


def notes_of(archive: ZipFile, kind: str, name: str, styles: Any, hidden: Counter[str]) -> Iterator[str]:
    """Footnotes or endnotes; none when their part is damaged."""
    part = optional_root(archive, name) if name else None
    if part is None:
        return
    mark_hidden(part, styles, hidden)
    for note in part.iter(NOTES[kind]):
        if note.get(f"{W}type") not in SEPARATORS:
            yield "\n".join("".join(run_text(one, lambda _element: "")) for one in note.iter(f"{W}p"))


def count_figures(body: Any, result: ReadResult) -> None:
    """Count pictures, diagrams and charts; a text box needs no description."""
    drawings = [one for one in body.iter(DRAWING) if not is_excluded(one) and is_figure(one.getparent())]
    result.figures, result.figures_described = len(drawings), sum(map(is_described, drawings))


def is_figure(drawing: Any) -> bool:
    has_text = next(drawing.iter(f"{W}txbxContent"), None) is not None
    return not has_text or next(drawing.iter(PICTURE), None) is not None


def heading_levels(styles: Any) -> dict[str, int]:
    """Style → heading level, its own or inherited from the style it is based on."""
    known = {style.get(f"{W}styleId"): style for style in (() if styles is None else styles.iter(f"{W}style"))}
    levels = {}
    for name, style in known.items():
        for _ in range(LONGEST_ANCESTRY):
            level = None if style is None else own_level(style)
            if style is None or level is not None:
                break
            style = known.get(attribute(style.find(f"{W}basedOn")))
        if level and level <= DEEPEST_HEADING:
            levels[name] = level
    return levels


def own_level(style: Any) -> int | None:
    """The heading level by outline level or by name, which Word does not translate; None when it is inherited."""
    outline = parse_int(attribute(style.find(f"{W}pPr/{W}outlineLvl")))
    name = attribute(style.find(f"{W}name")).lower()
    number = parse_int(name.removeprefix("heading ")) if name.startswith("heading ") else None
    return number if outline is None else outline + 1


def level_of(paragraph: Any, levels: dict[str, int]) -> int:
    outline = parse_int(attribute(paragraph.find(f"{W}pPr/{W}outlineLvl")))
    if outline is not None:
        return outline + 1 if outline < DEEPEST_HEADING else 0
    return levels.get(attribute(paragraph.find(f"{W}pPr/{W}pStyle")), 0)


def languages(styles: Any, body: Any) -> Counter[str]:
    """Language → number of letters in it. A run without a language has the default of the document."""
    default = default_language(styles)
    letters = Counter({default: 0} if default else {})
    for run in body.iter(f"{W}r"):
        language = attribute(run.find(f"{W}rPr/{W}lang")) or default
        if language:
            letters[language] += sum(len(text.text or "") for text in run.iterchildren(f"{W}t"))
    return letters


def default_language(styles: Any) -> str:
    """The language of the standard paragraph, else of the document, else of any style."""
    if styles is None:
        return ""
    standard = (
        one for one in styles.iter(f"{W}style") if one.get(f"{W}default") and one.get(f"{W}type") == "paragraph"
    )
    found = [attribute(one.find(f"{W}rPr/{W}lang")) for one in standard]
    found += [attribute(one) for one in styles.iterfind(f"{W}docDefaults//{W}lang")]
    found += [attribute(one) for one in styles.iter(f"{W}lang")]
    return next((one for one in found if one), "")


def attribute(element: Any) -> str:
    return "" if element is None else element.get(f"{W}val") or ""
