"""No request leaves the machine, whatever is read, built, searched and shown; what is sought is in no log."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.hostile.corpus import write
from tests.faults.hostile.pdfs import SOUND
from tests.faults.patterns import ROOT

GUARD = '''
import os, sys

LOCAL = ("127.", "::1", "localhost")


def watch(event, arguments):
    """Note every look at the network; let none but those to this machine pass."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "http.client.connect", "ftplib.connect"):
        host = str(arguments[1] if event == "http.client.connect" else arguments[0])
    else:
        return
    if host is not None and not str(host).startswith(LOCAL):
        with open(os.environ["NETWORK_NOTES"], "a") as notes:
            notes.write(f"{event} {arguments!r}\\\\n")
        raise PermissionError(event)


sys.addaudithook(watch)
with open(os.environ["NETWORK_NOTES"] + ".pids", "a") as notes:
    notes.write(f"{os.getpid()}\\\\n")
'''.replace("\\\\n", "\\n")
"""Loaded by every interpreter that starts, those of the workers too."""
SOUGHT = "motsecretintrouvable"
PATHS = (
    *("/recherche?q={0}", "/api/v1/search?q={0}", "/api/v1/suggest?q={0}", "/{0}", "/dossier/{0}", "/en/{0}?q={0}", "/"),
    *("/concordance?q={0}", "/tendances?mot={0}", "/vocabulaire?q={0}", "/export.csv?q={0}", "/export.xyz?q={0}", "/flux.atom"),
    *("/api/v1/search?q={0}&cursor={0}", "/api/v1/nulle-part/{0}", "/recherche?q={0}&du={0}&page={0}", "/lacunes", "/metrics"),
)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with a hostile corpus, and the environment in which every process is watched."""
    folder = tmp_path_factory.mktemp("reseau")
    (folder / "guard").mkdir()
    (folder / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    write(folder / "corpus")
    for name in ("appelle-une-adresse.pdf", "soumet-un-formulaire.pdf", "fichier-distant.pdf", "xfa.pdf", "javascript.pdf"):
        (folder / "corpus" / name).write_bytes(SOUND[name]())
    path = os.pathsep.join([str(folder / "guard"), str(ROOT)])
    return folder, {**os.environ, "PYTHONPATH": path, "NETWORK_NOTES": str(folder / "notes")}


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "indexer", *words, "--corpus", str(folder / "corpus"), "--index", str(folder / "index")]


def test_the_guard_sees_who_looks_outside(guarded: tuple[Path, dict[str, str]]) -> None:
    folder, environment = guarded
    tried = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    done = subprocess.run([sys.executable, "-c", tried], env=environment, capture_output=True, text=True, check=False)
    assert "PermissionError" in done.stderr
    assert "192.0.2.1" in (folder / "notes").read_text()
    (folder / "notes").unlink()


def test_nothing_leaves_the_machine_and_nothing_sought_is_logged(guarded: tuple[Path, dict[str, str]]) -> None:
    folder, environment = guarded
    built = subprocess.run(command(folder, "build"), env=environment, capture_output=True, check=False)
    assert built.returncode in (0, 3), built.stderr
    assert len((folder / "notes.pids").read_text().split()) > 2  # the build and its workers, beside the test above
    with (folder / "log").open("wb") as log:
        port = _free_port()
        server = subprocess.Popen(command(folder, "serve", "--port", str(port)), env=environment, stdout=log, stderr=log)
        try:
            _ask(_listening(port))
        finally:
            server.terminate()
            server.wait()
    assert not (folder / "notes").exists(), (folder / "notes").read_text()
    told = (folder / "log").read_text(errors="replace")
    assert told.count('"endpoint"') > 10
    assert SOUGHT not in told
    assert "192.0.2.7" not in told


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _listening(port: int) -> int:
    """The port, once something listens there."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return port
        time.sleep(0.1)
    pytest.fail("the site did not start")


def _ask(port: int) -> None:
    headers = {"Referer": f"http://x/?q={SOUGHT}", "Cookie": f"s={SOUGHT}", "User-Agent": SOUGHT, "X-Forwarded-For": "192.0.2.7"}
    word = quote(SOUGHT)
    for path in [path.format(word) for path in PATHS]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status < 500, path
        assert path != "/metrics" or SOUGHT.encode() not in body
