"""The bytes of a request: counted while they arrive, and read at a minimum rate where a thread waits for them."""

import errno
import re
import socket
import time

from gunicorn.http.unreader import SocketUnreader

from lernnetzwerk.operation.server import SMALL_BODY

IDLE_SECONDS = 10  # between two chunks of a large body
LOWEST_RATE = 2_000  # bytes per second of a large body, after its first IDLE_SECONDS
BODY = re.compile(rb"^(content-length|transfer-encoding|expect):[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


class Received:
    """The bytes of a request that have arrived; `size` is that of its head and small body, once it is known."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.searched = 0
        self.size: int | None = None
        self.is_whole = True  # False if the body is large or of unknown length

    @property
    def is_complete(self) -> bool:
        return self.size is not None and len(self.data) >= self.size

    def add(self, data: bytes) -> None:
        self.data += data
        if self.size is None:
            self._find_head()

    def _find_head(self) -> None:
        while self.data[:2] == b"\r\n":  # RFC 9112, section 2.2
            del self.data[:2]
        end = self.data.find(b"\r\n\r\n", max(0, self.searched - 3)) + 4
        self.searched = len(self.data)
        if end >= 4:
            length = _body_length(bytes(self.data[:end]))
            self.is_whole = 0 <= length <= SMALL_BODY
            self.size = end + length if self.is_whole else end


def _body_length(head: bytes) -> int:
    """Bytes of the body; -1 if the head does not say, contradicts itself, or wants an answer before the body."""
    found = BODY.findall(head)
    if not found:
        return 0
    (name, value), *others = found
    is_known = not others and name.lower() == b"content-length" and value.strip().isdigit() and len(value) < 20
    return int(value) if is_known else -1


class PacedUnreader(SocketUnreader):
    """Reads the rest of a large body; a client that stalls counts as one that has left."""

    def __init__(self, sock: socket.socket, data: bytes) -> None:
        super().__init__(sock)
        self.unread(data)
        self.began, self.count = time.monotonic(), 0

    def chunk(self, size_hint: int | None = None) -> bytes:
        try:
            data = super().chunk(size_hint)
        except BlockingIOError:
            raise ConnectionResetError(errno.ECONNRESET, "the body stalled") from None
        self.count += len(data)
        seconds = time.monotonic() - self.began
        if seconds > IDLE_SECONDS and self.count < LOWEST_RATE * seconds:
            raise ConnectionResetError(errno.ECONNRESET, "the body is too slow")
        return data
