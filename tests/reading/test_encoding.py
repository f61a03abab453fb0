"""Bytes of a page become the text that its author wrote."""

from __future__ import annotations

import unicodedata

import pytest

from indexer.errors import UnreadableFile
from indexer.pages.encoding import decode

TEXT = "Élu·es et œuvre à Noël : « 12 € »"


def html(charset: str, text: str = TEXT) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("windows-1252"),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-16 big-endian", "windows-1252", "decomposed"],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("declared", "written", "text"),
    [
        ("iso-8859-1", "windows-1252", "l’œuvre à 5 €"),
        ("latin1", "windows-1252", "l’œuvre"),
        ("ISO-8859-15", "iso-8859-15", "l'œuvre à 5 €"),
        ("utf-8", "windows-1252", "l’été à Évry"),
        ("no-such-charset", "windows-1252", "l’été"),
        ("utf-7", "windows-1252", "l’été"),
        ("iso-8859-99", "windows-1252", "l’été"),
        ("iso-8859-15", "utf-8", "l’été"),
    ],
)
def test_a_declared_charset_is_believed_when_the_bytes_are_not_utf8(declared: str, written: str, text: str) -> None:
    assert text in decode(html(declared, text).encode(written))


def test_charset_of_an_http_equiv_meta() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15"><p>5 €</p>'
    assert "5 €" in decode(page.encode("iso-8859-15"))


def test_a_charset_declared_after_2_kilobytes_is_not_looked_for() -> None:
    page = " " * 3000 + html("iso-8859-7", "α")
    assert "á" in decode(page.encode("iso-8859-7"))


@pytest.mark.parametrize("text", ["un chœur d’élèves".replace("’", "'"), "Œuvre partagée", "entrée : 5 €", "l'été : 12€"])
def test_text_in_iso_8859_15_is_told_without_a_declaration(text: str) -> None:
    assert decode(text.encode("iso-8859-15")) == text


@pytest.mark.parametrize("text", ["une heure ½ à pied", "¼ d’heure", "½ tarif à l’entrée", "l’œuvre à 5 €"])
def test_text_in_windows_1252_is_not_taken_for_it(text: str) -> None:
    assert decode(text.encode("windows-1252")) == text


def test_a_cut_utf8_file_stays_utf8() -> None:
    assert decode(("été " * 20 + "é").encode()[:-1]) == "été " * 20 + "\ufffd"


def test_undefined_bytes_are_replaced_and_nul_removed() -> None:
    assert decode(b"d\xe9j\xe0 \x81 vu\x00") == "déjà \ufffd vu"


def test_lines_end_with_a_newline_alone() -> None:
    assert decode(b"a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize("data", [b"%PDF-1.4 text", b"PK\x03\x04rest", bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        decode(data)
    assert caught.value.reason == "not_text"


def test_nothing_is_no_error() -> None:
    assert decode(b"") == ""
