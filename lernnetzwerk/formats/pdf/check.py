import os
import re
from typing import BinaryIO

import filetype
import pypdfium2
import pypdfium2.raw as pdfium

from lernnetzwerk.formats.archive import refuse_archive
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf.actions import active_content
from lernnetzwerk.formats.pdf.objects import open_pdf
from lernnetzwerk.formats.results import CheckResult

TAIL = 4096
HEAD = 1445  # bytes from which browsers guess the type
MOST_OBJECTS = 50_000
FURTHEST_START = 1024  # bytes before "%PDF-" with which readers cope (ISO 32000-1, Annex H.3)
# Rich text of form fields and comments has a body of its own (ISO 32000-2, 12.7.4.4).
PAGE = re.compile(rb"<(!doctype|html|head|body(?!\s+xmlns[:=])|script|svg|iframe)\b", re.IGNORECASE)
ACTIVE = {
    "launch": "Die PDF-Datei will beim Lesen ein Programm starten. Bitte erzeugen Sie sie neu, ohne solche Aktionen.",
    "program": "In der PDF-Datei steckt ein Programm als Anlage. Bitte erzeugen Sie sie neu, ohne diese Anlage.",
}
ENCRYPTED = "Die PDF-Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort."
INCOMPLETE = "Die PDF-Datei ist unvollständig oder beschädigt. Bitte erzeugen Sie sie neu."


def check(file: BinaryIO, key: str, limits: Limits) -> CheckResult:
    """Load every page: truncated and encrypted files have the signature of a PDF, too."""
    check_ends(file)
    refuse_archive(file)
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise RefusedError(ENCRYPTED) from None
        # PDFium fails on a document without pages, with the code of a success.
        is_without_pages = error.err_code == pdfium.FPDF_ERR_SUCCESS
        raise RefusedError("Die PDF-Datei enthält keine Seiten." if is_without_pages else INCOMPLETE) from None
    try:
        for number in range(len(document)):
            document[number].close()
    except pypdfium2.PdfiumError:
        raise RefusedError(INCOMPLETE) from None
    refuse_active(file)
    return CheckResult(page_count=len(document), is_tagged=bool(pdfium.FPDFCatalog_IsTagged(document.raw)))


def check_ends(file: BinaryIO) -> None:
    head = file.read(HEAD)
    before, found, _ = head[:FURTHEST_START].partition(b"%PDF-")
    if not found:
        raise RefusedError("Die Datei ist kein PDF-Dokument.")
    if before and is_of_another_type(head):
        raise RefusedError("Am Anfang der PDF-Datei stehen Daten eines anderen Formats. Bitte erzeugen Sie sie neu.")
    if PAGE.search(head):
        raise RefusedError("Die Datei ist PDF-Dokument und Internetseite zugleich. Bitte erzeugen Sie sie neu.")
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    _, end, rest = file.read().rpartition(b"%%EOF")
    if not end:
        raise RefusedError(INCOMPLETE)
    if rest.strip(b"\0\t\n\f\r \x1a"):
        raise RefusedError("Hinter dem Ende der PDF-Datei stehen weitere Daten. Bitte erzeugen Sie sie neu.")
    file.seek(0)


def is_of_another_type(head: bytes) -> bool:
    found = filetype.guess(head)
    return head.startswith(b"#!") or (found is not None and found.mime != "application/pdf")


def refuse_active(file: BinaryIO) -> None:
    """Raise RefusedError for harmful actions. Scripts and attachments occur in forms: `read` reports them."""
    found = active_content(open_pdf(file), MOST_OBJECTS)
    for key, sentence in ACTIVE.items():
        if key in found:
            raise RefusedError(sentence)
