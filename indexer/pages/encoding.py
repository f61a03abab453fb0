"""Bytes of a page → text: which encoding is it in?"""

from __future__ import annotations

import codecs
import re
import unicodedata

from indexer.errors import UnreadableFile

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SINGLE_BYTE = re.compile(r"windows-?125\d|cp125\d|iso-?8859-?\d{1,2}|mac-?roman|macintosh|koi8-[ru]")
_WINDOWS = {"iso-8859-1", "iso8859-1", "iso88591", "iso_8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii"}
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
_LATIN_9 = re.compile(rb"[A-Za-z\xe0-\xff]\xbd|\xbd[a-z]{2}|\xbc[A-Za-z]{2}|\d\s?\xa4")
_ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")
_SAMPLE = 65536
_MOST_CONTROLS = 0.05
"""The share of control bytes above which a file is not text."""


def decode(data: bytes) -> str:
    """The text of a page: NFC, lines ended by "\\n", without control characters. Raises `UnreadableFile("not_text")`.

    A byte-order mark decides; else strict UTF-8; else the charset that the HTML declares; else windows-1252 or
    ISO-8859-15. As browsers do
    (WHATWG Encoding), latin-1 is read as windows-1252. A UTF-8 file with a few damaged bytes is still read as UTF-8.
    """
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("", text))


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if half := _unmarked_utf16(data[:_SAMPLE]):
        return data.decode(half, errors="replace")
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)


def _unmarked_utf16(sample: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte, and none in the others."""
    for encoding, letters, zeros in (("utf-16-le", sample[::2], sample[1::2]), ("utf-16-be", sample[1::2], sample[::2])):
        if len(zeros) >= 4 and zeros.count(0) > 0.8 * len(zeros) and len(_CONTROL.findall(letters)) <= 0.01 * len(letters):
            return encoding
    return None


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    if sample.startswith(_MAGIC) or len(_CONTROL.findall(sample)) > max(3, _MOST_CONTROLS * len(sample)):
        raise UnreadableFile(
            "not_text",
            "le contenu n’est pas du texte",
            "Vérifiez ce fichier : son extension annonce une page, mais c’est sans doute un document d’un autre format.",
        )


def _not_utf8(data: bytes) -> str:
    declared = _declared(data)
    if declared in (None, "utf-8"):
        text = data.decode("utf-8", errors="replace")
        damaged = text.count("\ufffd")
        accented = sum(char > "\x7f" for char in text) - damaged
        if accented > 10 * damaged:
            return text
    encoding = declared if declared and declared != "utf-8" else _undeclared(data)
    return data.decode(encoding, errors="replace")


def _undeclared(data: bytes) -> str:
    """ISO-8859-15 when the bytes make its "œ" and "€" and none is one that only windows-1252 uses; else windows-1252."""
    return "iso-8859-15" if _LATIN_9.search(data) and not _ONLY_WINDOWS.search(data) else "windows-1252"


def _declared(data: bytes) -> str | None:
    """The single-byte charset (or utf-8) named in the first 2 kB, as Python calls it; None when none or unknown."""
    found = _DECLARED.search(data[:2048])
    name = found[1].decode("ascii", "replace").lower().replace("_", "-") if found else ""
    if name in ("utf-8", "utf8"):
        return "utf-8"
    if name in _WINDOWS:
        return "windows-1252"
    name = {"latin9": "iso-8859-15", "latin-9": "iso-8859-15", "macintosh": "mac-roman"}.get(name, name)
    return name if _SINGLE_BYTE.fullmatch(name) and _is_known(name) else None


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
