"""OpenSearch itself, as Maven's jars (53 MB), fetched once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".opensearch"
JARS, CLASSES = FOLDER / "lib", FOLDER / "classes"


class Lacking(Exception):
    """This machine lacks what a node needs."""


def fetched() -> tuple[Path, Path]:
    """The folders of the jars and of the compiled launcher. Raises `Lacking`."""
    java()
    _made(JARS, _copy_dependencies)
    _made(CLASSES, lambda partial: _run(["javac", "-cp", f"{JARS}/*", "-d", str(partial), str(HERE / "Launcher.java")]))
    return JARS, CLASSES


def _made(folder: Path, make: Callable[[Path], None]) -> None:
    """Make the folder where it is not yet, under its name only when it is whole."""
    if folder.exists():
        return
    partial = folder.with_name(f"{folder.name}.{os.getpid()}")
    make(partial)
    with suppress(OSError):  # another process was faster
        partial.replace(folder)
    shutil.rmtree(partial, ignore_errors=True)


def java() -> str:
    """The JDK's `java`, which compiles the launcher too. Raises `Lacking`."""
    found = shutil.which("java")
    if found is None or shutil.which("javac") is None:
        raise Lacking("no JDK: apt-get install openjdk-17-jdk-headless maven")
    return found


def _copy_dependencies(destination: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Lacking("no Maven: apt-get install maven")
    command = [maven, "--batch-mode", "--quiet", "--file", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
    _run([*command, f"-DoutputDirectory={destination}"])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Lacking(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
