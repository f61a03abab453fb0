"""`python -m tests.cluster start|stop|status`: nodes in the background, which outlive this command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.cluster.jars import Lacking
from tests.cluster.nodes import NODES, free_port, known, nodes_at


def start(number: int, port: int | None, data: Path) -> None:
    running = tuple(node.address for node in known(data))
    if not running:
        cluster = nodes_at(port or free_port(number), number, data)
        cluster.start()
        running = cluster.addresses
    print(f"OpenSearch answers at {' '.join(running)}")
    print(f"stop it with: {'make opensearch-stop' if data == NODES else f'python -m tests.cluster stop --data {data}'}")


def stop(data: Path) -> None:
    for node in known(data):
        node.stop()
        print(f"stopped {node.address}")


def status(data: Path) -> int:
    running = known(data)
    for node in running:
        health = node.health()
        print(f"{node.address} pid {node.pid} {health.get('status', 'does not answer')} {health.get('number_of_nodes', 0)} nodes")
    return 0 if running else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.cluster", description=__doc__)
    parser.add_argument("action", choices=("start", "stop", "status"))
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--port", type=int, help="of the first node")
    parser.add_argument("--data", type=Path, default=NODES)
    options = parser.parse_args()
    if options.action == "start":
        start(options.nodes, options.port, options.data)
    elif options.action == "stop":
        stop(options.data)
    return status(options.data) if options.action == "status" else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Lacking as lacking:
        sys.exit(str(lacking))
