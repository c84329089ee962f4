"""Removes the keys of upload, preview and participants' links, and visitors' addresses, from all lines of the log."""

import ipaddress
import logging
import re

from lernnetzwerk.operation.addresses import shorten

SEPARATOR = r"(?:/|%2F)+"
LINK = re.compile(rf"({SEPARATOR}(?:hochladen|vorschau|teilnahme){SEPARATOR})[^\s/\"'<>?#&;,\\]+", re.IGNORECASE)
TOKEN = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?:\.|%2E)[\w-]{8,}", re.IGNORECASE)  # lernnetzwerk.visibility.tokens
IPV4 = r"(?:\d{1,3}\.){3}\d{1,3}"
ADDRESS = re.compile(rf"(?<![\w.:])(?:{IPV4}|(?=[0-9a-f]*:[0-9a-f]*:)[0-9a-f:]+{IPV4}|[0-9a-f:]{{3,}})(?!\.?\w)", re.I)
HIDDEN = "[…]"


def redact(text: str) -> str:
    return ADDRESS.sub(_shortened, LINK.sub(rf"\1{HIDDEN}", TOKEN.sub(HIDDEN, text)))


def _shortened(match: re.Match[str]) -> str:
    written = match[0] if match[0].endswith("::") else match[0].rstrip(":")
    try:
        address = ipaddress.ip_address(written)
    except ValueError:  # a time, or a part of a name
        return match[0]
    is_own = address.is_loopback or address.is_unspecified
    return match[0] if is_own else shorten(written) + match[0][len(written) :]


class Redaction(logging.Filter):
    """A filter of handlers and loggers; it replaces the message and the traceback by their redacted text."""

    traces = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(_message(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self.traces.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # logging would print message and arguments beside its own complaint
        return f"{record.msg} {record.args!r}"
