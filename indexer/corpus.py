"""Where are the pages and their PDFs? Files are listed by path, size and time; none is opened here."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from indexer.errors import CorpusError

FileKind = Literal["page", "pdf"]
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


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in the corpus.

    `closed` are folders that cannot be read: nothing is known of what is under them. `misnamed` are files whose names are not
    UTF-8, shown as well as they can be. `untold` are files that their folder names but of which nothing more can be told. `place`
    tells the folder listed from another that stands under the same name.
    """

    files: tuple[CorpusFile, ...]
    closed: tuple[str, ...] = ()
    misnamed: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    place: tuple[int, int] = (0, 0)


def list_corpus(root: Path) -> Listing:
    """Every page and PDF under `root`, sorted by path. Links to folders are not followed. Raises `CorpusError`."""
    if not root.is_dir():
        raise CorpusError(
            f"Le dossier du corpus « {root} » n’existe pas. Indiquez le bon avec --corpus ou, dans config.toml, [corpus] path."
        )
    place = _place(root)
    closed: list[str] = []
    untold: list[str] = []

    def note_closed(error: OSError) -> None:
        closed.append(Path(error.filename).relative_to(root).as_posix())

    found = sorted(_walk(root, note_closed, untold.append), key=lambda file: file.path)
    check_place(root, place)
    if "." in closed:
        raise CorpusError(f"Le dossier du corpus « {root} » ne peut être lu. Donnez à votre compte le droit de le lire.")
    misnamed = {file: os.fsencode(file.path).decode(errors="replace") for file in found if not _is_utf8(file.path)}
    files = tuple(file for file in found if file not in misnamed)
    return Listing(files, tuple(sorted(closed)), tuple(misnamed.values()), tuple(sorted(untold)), place)


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


def _walk(root: Path, onerror: Callable[[OSError], None], note_untold: Callable[[str], None]) -> Iterator[CorpusFile]:
    for folder, folders, names in os.walk(root, onerror=onerror):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            kind = KINDS.get(os.path.splitext(name)[1].lower())
            path = Path(folder, name)
            if not kind or name.startswith("."):
                continue
            try:
                found = path.stat()
            except OSError as error:
                if error.errno not in (errno.ENOENT, errno.ELOOP) or not os.path.islink(path):
                    note_untold(path.relative_to(root).as_posix())
                continue
            if stat.S_ISREG(found.st_mode):
                yield CorpusFile(path.relative_to(root).as_posix(), kind, found.st_size, written_ns(found))


def written_ns(found: os.stat_result) -> int:
    """When a file was last written, as `CorpusFile` says it."""
    return max(-_LAST_MOMENT, min(found.st_mtime_ns, _LAST_MOMENT))


def is_pdf_link(url: str) -> bool:
    """Whether a link of a page names a PDF."""
    return comparable(link_name(url)).endswith(".pdf")


def link_name(url: str) -> str:
    """The file name that a link gives, decoded."""
    return unicodedata.normalize("NFC", unquote(urlsplit(url).path).rsplit("/", 1)[-1])


def comparable(name: str) -> str:
    """A file name as links and files are compared by: NFC, case folded."""
    return unicodedata.normalize("NFC", name).casefold()


def nearest(link: str, page_path: str, candidates: list[str]) -> str:
    """Of several files that have the name a link gives, the one meant: same folders as in the link, else nearest to the page."""
    wanted = _folders(unquote(urlsplit(link).path))
    here = _folders(page_path)

    def rank(candidate: str) -> tuple[int, int, str]:
        folders = _folders(candidate)
        return (-_common(wanted[::-1], folders[::-1]), -_common(here, folders), candidate)

    return min(candidates, key=rank)


def _folders(path: str) -> list[str]:
    return [part for part in unicodedata.normalize("NFC", path).casefold().split("/")[:-1] if part]


def _common(left: list[str], right: list[str]) -> int:
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
