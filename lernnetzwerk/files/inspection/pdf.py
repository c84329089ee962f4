import os
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from lernnetzwerk.files.inspection import Findings, Limits, RefusedError

TAIL = 4096
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


def check_ends(file: BinaryIO) -> None:
    if file.read(5) != b"%PDF-":
        raise RefusedError("Die Datei ist kein PDF-Dokument.")
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    if b"%%EOF" not in file.read():
        raise RefusedError(INCOMPLETE)
    file.seek(0)
