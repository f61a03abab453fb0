"""One node: a process, known by a file with its id, so that it can be found, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cluster.jars import fetched, java

HEAP = os.environ.get("CHERCHEVILLE_TEST_HEAP", "512m")
OPTIONS = os.environ.get("CHERCHEVILLE_TEST_JAVA", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1").split()
"""Quick to start on few cores; to measure how fast a node is, let Java choose: CHERCHEVILLE_TEST_JAVA= """
SLOWEST_START = 120
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node by its HTTP port on the loopback; that for other nodes is a hundred higher. `folder` holds its data and its log."""

    port: int
    folder: Path
    seeds: tuple[int, ...] = ()
    """The HTTP ports of all nodes of its cluster; none for one that is alone."""
    more: tuple[str, ...] = ()
    """Settings of OpenSearch besides, as key=value."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The process of this node, None when it does not run."""
        try:
            pid, begun = map(int, (self.folder / "pid").read_text().split())
        except (OSError, ValueError):
            return None
        return pid if _begun(pid) == begun else None  # the number may be another's by now

    def start(self) -> None:
        """Start the process, without waiting for it to answer. Raises `Lacking`."""
        jars, classes = fetched()
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [java(), f"-Xms{HEAP}", f"-Xmx{HEAP}", *OPTIONS, "-cp", f"{classes}:{jars}/*", "Launcher"]
        command += [str(self.folder), f"chercheville-{min(self.seeds or (self.port,))}", *self._settings()]
        with (self.folder / "log").open("ab") as log, Path(os.devnull).open() as nothing:
            to = [(os.POSIX_SPAWN_DUP2, file.fileno(), number) for number, file in enumerate((nothing, log, log))]
            pid = os.posix_spawn(command[0], command, os.environ, file_actions=to, setsid=True)  # outlives this process
        (self.folder / "pid").write_text(f"{pid} {_begun(pid)}")

    def _settings(self) -> list[str]:
        cluster = ["discovery.type=single-node"]
        if self.seeds:
            seeds = ",".join(f"127.0.0.1:{port + 100}" for port in self.seeds)
            first = ",".join(f"node-{port}" for port in self.seeds)
            cluster = [f"discovery.seed_hosts={seeds}", f"cluster.initial_cluster_manager_nodes={first}"]
        own = [f"node.name=node-{self.port}", f"http.port={self.port}", f"transport.port={self.port + 100}"]
        return [*own, *cluster, "network.host=127.0.0.1", "cluster.routing.allocation.disk.threshold_enabled=false", *self.more]

    def wait(self, nodes: int = 1) -> None:
        """Until it answers as one of `nodes`."""
        end = time.monotonic() + SLOWEST_START
        while self.health().get("number_of_nodes", 0) < nodes:
            if self.pid is None or time.monotonic() > end:
                log = (self.folder / "log").read_text(errors="replace")
                raise RuntimeError(f"{self.address} does not answer:\n{log[-3000:]}")
            time.sleep(0.2)

    def health(self) -> dict[str, Any]:
        """What the node says of its cluster; nothing when it does not answer."""
        try:
            with urllib.request.urlopen(f"{self.address}/_cluster/health", timeout=5) as answer:  # noqa: S310 - loopback
                health: dict[str, Any] = json.load(answer)
                return health
        except (OSError, ValueError):
            return {}

    def stop(self) -> None:
        """End the process, in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        pid = self.pid
        if pid is None:
            return
        os.kill(pid, how)
        end = time.monotonic() + 30
        while self.pid == pid:
            if time.monotonic() > end:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        (self.folder / "pid").unlink(missing_ok=True)


def _begun(pid: int) -> int | None:
    """When the process began, by the system's clock; None for none, or one that has ended."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # a child of ours that has ended is let go
    try:
        state, *others = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return None
    return None if state == "Z" else int(others[18])
