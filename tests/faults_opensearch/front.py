"""What stands before a node: passes on what is asked, counts the dossiers sent, and does what a test says in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import urllib3

_SENT = b'{"index":{"_index":'


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def dossiers(self) -> int:
        """How many are sent with it."""
        return sum(line.startswith(_SENT) for line in self.body.split(b"\n")) if self.is_bulk else 0

    @property
    def is_bulk(self) -> bool:
        return self.path.startswith("/_bulk")


class Answered(NamedTuple):
    status: int
    body: bytes


Forward = Callable[[Asked], Answered]
Between = Callable[[Asked, Forward], Answered]


class Gone(Exception):
    """Who is asked goes away without an answer."""


class Front:
    """`between` makes the answer, from what the node says if it likes."""

    def __init__(self, node: str) -> None:
        self.address = ""
        self.between: Between = lambda asked, forward: forward(asked)
        self.requests = self.dossiers = 0
        self._node = node
        self._pool = urllib3.PoolManager(maxsize=16)
        self._lock = threading.Lock()

    def answer(self, asked: Asked) -> Answered:
        with self._lock:
            self.requests += 1
            self.dossiers += asked.dossiers
        return self.between(asked, self._forward)

    def _forward(self, asked: Asked) -> Answered:
        headers = {name: value for name, value in asked.headers.items() if name.lower() not in ("host", "content-length")}
        try:
            said = self._pool.request(asked.method, self._node + asked.path, asked.body, headers=headers, retries=False)
        except urllib3.exceptions.HTTPError as error:
            raise Gone from error
        return Answered(said.status, said.data)


@contextmanager
def front_of(node: str) -> Iterator[Front]:
    """A front of the node at this address, on a port of the loopback."""
    front = Front(node)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                said = front.answer(Asked(self.command, self.path, dict(self.headers), body))
            except Gone:
                self.close_connection = True
                return
            self.send_response(said.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(said.body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 - the names are http.server's

        def log_message(self, *words: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *request: object) -> None:
            """Who asked was killed."""

    server = Server(("127.0.0.1", 0), Handler)
    front.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield front
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        front._pool.clear()
