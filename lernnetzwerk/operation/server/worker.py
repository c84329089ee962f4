"""gunicorn's threaded worker, changed so that a request occupies a thread only when it has arrived.

gunicorn gives each connection to a thread, which then waits for the rest of the request: as many stalled connections as
threads stop the site. Here the event loop receives heads and small bodies and closes connections that take too long.
A large body is read by a thread, at a minimum rate; such requests occupy at most half of the threads. What a reader
does not take at once is sent by the event loop: a stored file from its place, all else from a temporary file.
"""

import selectors
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker

from lernnetzwerk.operation.server.errors import write_error
from lernnetzwerk.operation.server.receiving import IDLE_SECONDS, PacedUnreader, Received
from lernnetzwerk.operation.server.sending import PatientSocket

LONGEST_HEAD = 1 << 16
CHUNK = 1 << 16
RECEIVE_SECONDS = 20.0  # for a head with a small body
CROWDED_SECONDS = 2.0  # the same while as many connections are open as may be
QUEUE_SECONDS = 30.0  # a request with a large body waits so long for a thread
LINGER_SECONDS = 5.0  # for a client that still sends to read its response (RFC 9112, section 9.6)
PAUSE_SECONDS = 600.0  # while a reader takes nothing, as a paused player does
SEND_BUFFER = 200_000  # bytes: the system takes most pages as a whole


class BufferingWorker(ThreadWorker):
    """Named by `worker_class` in gunicorn.conf.py. TLS is left to the proxy."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most_large = max(1, self.cfg.threads // 2)
        self.occupying: set[Any] = set()  # connections whose large body occupies a thread
        self.queued: deque[Any] = deque()  # further ones, with their deadlines in `timeout`
        self.closing: deque[Any] = deque()
        self.sending: set[Any] = set()

    def init_process(self) -> None:
        util.write_error = write_error  # gunicorn's own page has no headers and repeats parts of the request
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Receive the next request of a connection, new or kept; afterwards it is given to a thread."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", IDLE_SECONDS, 0))
        conn.data_ready = True
        conn.received = Received(conn.parser.unreader.take_buffered() if conn.parser else b"")
        conn.received.add(b"")
        conn.sock.setblocking(False)
        if end := self._receive(conn):  # most requests have arrived as a whole
            end(conn)
            return
        conn.timeout = time.monotonic() + RECEIVE_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Any, client: socket.socket) -> None:
        if end := self._receive(conn):
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            end(conn)

    def _receive(self, conn: Any) -> Callable[[Any], None] | None:
        """Receives what has arrived. Returns what to do with the connection, None while more is awaited."""
        received = conn.received
        data = b"" if received.is_complete else _arrived(conn.sock)
        if data is None:
            return None
        received.add(data)
        if received.is_complete:
            return self._hand_over
        if received.size is None and len(received.data) > LONGEST_HEAD:
            return partial(self._refuse, status=431)
        return None if data else self._close

    def _hand_over(self, conn: Any) -> None:
        conn.init()
        conn.parser.unreader = PacedUnreader(conn.sock, bytes(conn.received.data))
        conn.received.data.clear()
        if conn.received.is_whole:
            super().enqueue_req(conn)
        else:
            conn.timeout = time.monotonic() + QUEUE_SECONDS
            self.queued.append(conn)
            self._start_queued()

    def _start_queued(self) -> None:
        while self.queued and len(self.occupying) < self.most_large:
            conn = self.queued.popleft()
            self.occupying.add(conn)
            super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        if not conn.received.is_whole:
            req.force_close()  # nobody knows where the next request begins
        return super().handle_request(req, conn)

    def finish_request(self, conn: Any, fs: "Future[Any]") -> None:
        if conn in self.occupying:
            self.occupying.remove(conn)
            self._start_queued()
        if fs.cancelled() or fs.exception():
            self._close(conn)
        elif conn.sock.file is not None:
            self._begin_sending(conn, fs)
        elif fs.result():
            super().finish_request(conn, fs)
        else:
            self._linger(conn)

    def _begin_sending(self, conn: Any, fs: "Future[Any]") -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + PAUSE_SECONDS
        self.sending.add(conn)
        self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._send_file, conn, fs))

    def _send_file(self, conn: Any, fs: "Future[Any]", client: PatientSocket) -> None:
        try:
            is_more = client.send_more()
        except OSError:
            self._end_sending(conn)
            self._close(conn)
            return
        conn.timeout = time.monotonic() + PAUSE_SECONDS
        if not is_more:
            self._end_sending(conn)
            self.finish_request(conn, fs)

    def _end_sending(self, conn: Any) -> None:
        self.poller.unregister(conn.sock)
        self.sending.remove(conn)
        conn.sock.forget_file()

    def _linger(self, conn: Any) -> None:
        """Close once the client has; gunicorn would wait for it in the event loop."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
        except OSError:
            self._close(conn)
            return
        conn.timeout = time.monotonic() + LINGER_SECONDS
        self.closing.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))

    def _drain(self, conn: Any, client: socket.socket) -> None:
        if _arrived(client) == b"":
            self.poller.unregister(client)
            self.closing.remove(conn)
            self._close(conn)

    def _refuse(self, conn: Any, status: int) -> None:
        write_error(conn.sock, status, "", "")
        self._linger(conn)

    def _close(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        now = time.monotonic()
        if self.nr_conns >= self.worker_connections:
            for conn in self.pending_conns:
                if conn.timeout < now + RECEIVE_SECONDS - CROWDED_SECONDS:
                    conn.timeout = now
        super().murder_pending()
        while self.closing and self.closing[0].timeout <= now:
            conn = self.closing.popleft()
            self.poller.unregister(conn.sock)
            self._close(conn)
        while self.queued and self.queued[0].timeout <= now:
            self._refuse(self.queued.popleft(), 503)
        for conn in [conn for conn in self.sending if conn.timeout <= now]:
            self._end_sending(conn)
            self._close(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for conn in (*self.pending_conns, *self.closing, *self.queued):
            conn.timeout = min(conn.timeout, deadline)


def _arrived(client: socket.socket) -> bytes | None:
    """The bytes that have arrived; None if there are none yet, empty if the client has left."""
    try:
        return client.recv(CHUNK)
    except BlockingIOError:
        return None
    except OSError:
        return b""
