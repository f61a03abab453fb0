"""Nodes that are one cluster, started together."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.jars import FOLDER, Lacking
from tests.cluster.node import Node

NODES = FOLDER / "nodes"
FIRST, LAST = 9201, 9299
"""The ports that nodes are put on when nobody says which."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a cluster, at consecutive ports."""

    nodes: tuple[Node, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(node.address for node in self.nodes)

    def start(self) -> None:
        """Start those that do not run, and wait until all are one cluster. Raises `Lacking`."""
        for node in self.nodes:
            if node.pid is None:
                if not _is_free(node.port):
                    raise Lacking(f"port {node.port} is taken: PORT=n for another")
                node.start()
        for node in self.nodes:
            node.wait(len(self.nodes))

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()


def nodes_at(port: int, number: int = 1, data: Path = NODES) -> Nodes:
    """A cluster of so many nodes by the port of its first."""
    ports = tuple(range(port, port + number))
    return Nodes(tuple(Node(each, data.absolute() / str(each), ports if number > 1 else ()) for each in ports))


def known(data: Path = NODES) -> list[Node]:
    """The nodes that were started and run, by their ports."""
    nodes = [Node(int(folder.name), folder) for folder in data.absolute().glob("[0-9]*")]
    return sorted((node for node in nodes if node.pid), key=lambda node: node.port)


def free_port(number: int) -> int:
    """The first of so many consecutive ports that nobody listens on, nor on those for other nodes. Raises `Lacking`."""
    for port in range(FIRST, LAST - number + 2):
        if all(_is_free(each) and _is_free(each + 100) for each in range(port, port + number)):
            return port
    raise Lacking(f"no free ports between {FIRST} and {LAST}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
