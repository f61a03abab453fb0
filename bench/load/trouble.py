"""Readers who are trouble: who send a byte a second, who go before the answer, who stay connected and ask nothing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_SLOW = 50


@contextmanager
def slow(port: int) -> Iterator[None]:
    """Some connections that send their request a byte a second, in the meantime."""
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        for byte in b"GET /recherche?q=ville HTTP/1.1\r\nX: " + b"x" * 10_000:
            if over.wait(1):
                return
            try:
                connection.send(bytes([byte]))
            except OSError:
                return

    with idle(port, _SLOW) as connections:
        threads = [threading.Thread(target=drip, args=(one,)) for one in connections]
        for thread in threads:
            thread.start()
        yield
        over.set()
        for thread in threads:
            thread.join()


@contextmanager
def idle(port: int, many: int) -> Iterator[list[socket.socket]]:
    """So many connections that ask nothing, in the meantime."""
    with ExitStack() as stack:
        yield [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30)) for _ in range(many)]


def abort(port: int, path: str, many: int) -> None:
    """Ask and go before the answer, many times."""
    for _ in range(many):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        time.sleep(0.01)
