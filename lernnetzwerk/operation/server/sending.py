"""A socket on which a slow reader keeps no thread waiting."""

import errno
import os
import socket
from tempfile import TemporaryFile
from threading import Lock
from typing import Any

SENT_AT_ONCE = 1 << 18
CHUNK = 1 << 16
MOST_UNSENT = 2_000_000_000  # bytes of all temporary files; beyond that, responses end early


class PatientSocket(socket.socket):
    """Accepts a whole response at once; what the system does not take is left to the event loop as `file`."""

    file: int | None = None
    offset = left = 0
    is_temporary = False
    unsent = 0  # bytes in the temporary files of all sockets
    lock = Lock()

    def sendall(self, data: Any, flags: int = 0) -> None:
        view = memoryview(data).cast("B")
        while view and self.file is None:
            try:
                view = view[self.send(view, flags | socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                self._begin_temporary()
        if view:
            self._keep(view)

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        count = os.fstat(file.fileno()).st_size - offset if count is None else count
        if self.file is None:
            self.file, self.offset, self.left = os.dup(file.fileno()), offset, count
        else:  # not even the head was taken
            for start in range(offset, offset + count, CHUNK):
                self._keep(memoryview(os.pread(file.fileno(), min(CHUNK, offset + count - start), start)))
        return count

    def send_more(self) -> bool:
        """Send what the system takes now; False when nothing is left. Raises OSError if the reader has left."""
        try:
            sent = os.sendfile(self.fileno(), self.file or 0, self.offset, min(self.left, SENT_AT_ONCE))
        except BlockingIOError:
            return True
        if not sent:
            raise OSError(errno.EIO, "the file ends too early")
        self.offset, self.left = self.offset + sent, self.left - sent
        return self.left > 0

    def forget_file(self) -> None:
        if self.file is None:
            return
        if self.is_temporary:
            self._count(-self.offset - self.left)
        os.close(self.file)
        self.file, self.offset, self.left, self.is_temporary = None, 0, 0, False

    def close(self) -> None:
        self.forget_file()
        super().close()

    def _begin_temporary(self) -> None:
        with TemporaryFile() as file:
            self.file, self.is_temporary = os.dup(file.fileno()), True

    def _keep(self, view: memoryview) -> None:
        if not self.is_temporary or PatientSocket.unsent > MOST_UNSENT:
            raise ConnectionResetError(errno.ECONNRESET, "too much is waiting for slow readers")
        while view:
            written = os.write(self.file or 0, view)
            self.left += written
            self._count(written)
            view = view[written:]

    @classmethod
    def _count(cls, size: int) -> None:
        with cls.lock:
            PatientSocket.unsent += size
