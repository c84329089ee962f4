import os
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from lernnetzwerk.files.inspection import Findings, Limits, RefusedError

TAIL = 4096
ENDING = 22  # bytes of the record that ends a ZIP, behind which a comment may stand
LONGEST_ENDING = ENDING + 0xFFFF
POLYGLOT = "Die PDF-Datei ist zugleich ein ZIP-Archiv. Bitte erzeugen Sie sie neu."
ENCRYPTED = "Die PDF-Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort."
INCOMPLETE = "Die PDF-Datei ist unvollständig oder beschädigt. Bitte erzeugen Sie sie neu."


def inspect(file: BinaryIO, key: str, limits: Limits) -> Findings:
    """Really opened, every page loaded: the first bytes say "PDF" of truncated and encrypted files alike."""
    check_ends(file)
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise RefusedError(ENCRYPTED) from None
        # PDFium opens no document without pages, and then calls its own answer a success.
        is_without_pages = error.err_code == pdfium.FPDF_ERR_SUCCESS
        raise RefusedError("Die PDF-Datei enthält keine Seiten." if is_without_pages else INCOMPLETE) from None
    try:
        for number in range(len(document)):
            document[number].close()
    except pypdfium2.PdfiumError:
        raise RefusedError(INCOMPLETE) from None
    return Findings(page_count=len(document), is_tagged=bool(pdfium.FPDFCatalog_IsTagged(document.raw)))


def is_archive_too(file: BinaryIO, size: int) -> bool:
    """Whether the file ends as a ZIP does (APPNOTE 4.3.16): then it is two things at once, and one is hidden."""
    file.seek(max(0, size - LONGEST_ENDING))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < ENDING:
        return False
    comment = int.from_bytes(tail[at + ENDING - 2 : at + ENDING], "little")
    return len(tail) - at == ENDING + comment


def check_ends(file: BinaryIO) -> None:
    if file.read(5) != b"%PDF-":
        raise RefusedError("Die Datei ist kein PDF-Dokument.")
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    if b"%%EOF" not in file.read():
        raise RefusedError(INCOMPLETE)
    if is_archive_too(file, size):
        raise RefusedError(POLYGLOT)
    file.seek(0)
