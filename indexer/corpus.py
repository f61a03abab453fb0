"""Where are the pages and their PDFs? Files are listed by path, size and time; none is opened here."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from indexer.errors import CorpusError

FileKind = Literal["page", "pdf"]
Refusal = Literal["special_file", "broken_link", "outside_link"]
KINDS: dict[str, FileKind] = {".txt": "page", ".html": "page", ".htm": "page", ".xhtml": "page", ".pdf": "pdf"}

_LAST_MOMENT = 2**63 - 1
"""Of the nanoseconds that 64 bits count, in the year 2262; disks know later ones."""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of the corpus as the folder shows it. `path` is relative to the corpus, with "/" between its parts."""

    path: str
    kind: FileKind
    size: int
    mtime_ns: int


class Refused(NamedTuple):
    """What is no file of the corpus, though its name says so: a pipe or device, a link to nothing or out of the corpus."""

    path: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in the corpus.

    `closed` are folders that cannot be read: nothing is known of what is under them. `misnamed` are files whose names are not
    UTF-8, shown with the bytes that are none. `refused` are never opened: what they hold could be
    endless, or not meant for readers. `untold` are files that their folder names but of which nothing more can be told. `place`
    tells the folder listed from another that stands under the same name.
    """

    files: tuple[CorpusFile, ...]
    closed: tuple[str, ...] = ()
    misnamed: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    untold: tuple[str, ...] = ()
    place: tuple[int, int] = (0, 0)


def list_corpus(root: Path) -> Listing:
    """Every page and PDF under `root`, sorted by path. Links to folders are not followed. Raises `CorpusError`."""
    if not root.is_dir():
        raise CorpusError(
            f"Le dossier du corpus « {root} » n’existe pas. Indiquez le bon avec --corpus ou, dans config.toml, [corpus] path."
        )
    place = _place(root)
    walk = _Walk(root)
    files = sorted(walk.files(), key=lambda file: file.path)
    check_place(root, place)
    if "." in walk.closed:
        raise CorpusError(f"Le dossier du corpus « {root} » ne peut être lu. Donnez à votre compte le droit de le lire.")
    misnamed = tuple(_shown(file.path) for file in files if not _is_utf8(file.path))
    kept = tuple(file for file in files if _is_utf8(file.path))
    return Listing(kept, tuple(sorted(walk.closed)), misnamed, tuple(sorted(walk.refused)), tuple(sorted(walk.untold)), place)


def check_place(root: Path, place: tuple[int, int]) -> None:
    """Raises `CorpusError` when the folder `root` is no longer the one it was: unmounted, moved, or another mounted over it."""
    if _place(root) != place:
        raise CorpusError(
            f"Le dossier du corpus « {root} » a disparu pendant la construction, ou un autre a pris sa place. Rétablissez-le"
            " (est-il monté ?), puis relancez ; l’index en place n’a pas changé, et ce qui a été lu est gardé."
        )


def _place(root: Path) -> tuple[int, int]:
    try:
        found = root.stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def _is_utf8(path: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in path)


def _shown(path: str) -> str:
    """A path as it can be stored and printed, whatever its bytes: "\\xe9" where they are not UTF-8, so that no two are alike."""
    return os.fsencode(path).decode(errors="backslashreplace")


class _Walk:
    """One walk through the folders of a corpus."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._inside = root.resolve()
        self.closed: set[str] = set()
        self.refused: list[Refused] = []
        self.untold: list[str] = []

    def files(self) -> Iterator[CorpusFile]:
        for folder, folders, names in os.walk(self._root, onerror=self._note_closed):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in folders:
                path = Path(folder, name)
                if path.is_symlink() and not self._leads_inside(path):
                    self._refuse(path, "outside_link")
            for name in names:
                kind = KINDS.get(os.path.splitext(name)[1].lower())
                if kind and not name.startswith("."):
                    yield from self._file(Path(folder, name), kind)

    def _file(self, path: Path, kind: FileKind) -> Iterator[CorpusFile]:
        try:
            found = path.lstat()
            if stat.S_ISLNK(found.st_mode):
                if not self._leads_inside(path):
                    return self._refuse(path, "outside_link" if path.exists() else "broken_link")
                found = path.stat()
        except OSError:
            self.untold.append(_shown(self._relative(path)))
            return
        if stat.S_ISREG(found.st_mode):
            yield CorpusFile(self._relative(path), kind, found.st_size, written_ns(found))
        else:
            self._refuse(path, "special_file")

    def _leads_inside(self, path: Path) -> bool:
        """Whether a link leads to what is there, in the corpus."""
        try:
            return path.resolve(strict=True).is_relative_to(self._inside)
        except (OSError, RuntimeError):  # nothing there, or links in a circle
            return False

    def _refuse(self, path: Path, why: Refusal) -> None:
        self.refused.append(Refused(_shown(self._relative(path)), why))

    def _note_closed(self, error: OSError) -> None:
        self.closed.add(_shown(self._relative(Path(error.filename))))

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()


def written_ns(found: os.stat_result) -> int:
    """When a file was last written, as `CorpusFile` says it."""
    return max(-_LAST_MOMENT, min(found.st_mtime_ns, _LAST_MOMENT))


def is_pdf_link(url: str) -> bool:
    """Whether a link of a page names a PDF."""
    return comparable(link_name(url)).endswith(".pdf")


def link_name(url: str) -> str:
    """The file name that a link gives, decoded."""
    return unicodedata.normalize("NFC", _path(url)).rsplit("/", 1)[-1]


def _path(url: str) -> str:
    """The path that an address gives, decoded; what stands there is not always an address ("http://[::1/a.pdf")."""
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return unquote(url.partition("?")[0].partition("#")[0])


def comparable(name: str) -> str:
    """A file name as links and files are compared by: NFC, case folded."""
    return unicodedata.normalize("NFC", name).casefold()


def nearest(link: str, page_path: str, candidates: list[str]) -> str:
    """Of several files that have the name a link gives, the one meant: same folders as in the link, else nearest to the page."""
    wanted = _folders(_path(link))
    here = _folders(page_path)

    def rank(candidate: str) -> tuple[int, int, str]:
        folders = _folders(candidate)
        return (-_common(wanted[::-1], folders[::-1]), -_common(here, folders), candidate)

    return min(candidates, key=rank)


def _folders(path: str) -> list[str]:
    return [part for part in unicodedata.normalize("NFC", path).casefold().split("/")[:-1] if part]


def _common(left: list[str], right: list[str]) -> int:
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
