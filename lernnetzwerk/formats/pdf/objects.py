"""Objects of a PDF as pypdf gives them."""

from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject


def open_pdf(file: BinaryIO) -> PdfReader | None:
    """The file, opened with the empty password if it is encrypted; None when pypdf cannot parse it."""
    file.seek(0)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            reader.decrypt("")
        root(reader)
    except MemoryError:
        raise
    except Exception:
        return None
    return reader


def root(reader: PdfReader) -> DictionaryObject:
    return as_dictionary(reader.trailer["/Root"])


def resolved(node: Any) -> Any:
    return node.get_object() if isinstance(node, IndirectObject) else node


def as_dictionary(node: Any) -> DictionaryObject:
    """The dictionary, an empty one for anything else."""
    node = resolved(node)
    return node if isinstance(node, DictionaryObject) else DictionaryObject()
