"""Text as UTF-16 has it, with characters cut in two, and as it should be."""

from __future__ import annotations

from array import array


def well_formed(text: str) -> str:
    """`text` with its surrogate pairs joined; a lone surrogate, which cannot be written, becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def in_units(text: str) -> str:
    """`text` with one character for each UTF-16 unit: `well_formed` undoes it."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    return "".join(map(chr, array("H", text.encode("utf-16-le", "surrogatepass"))))
