"""BibTeX, in UTF-8 as biber and Zotero read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from indexer.model import Card
from webapp.reference import Reference, reference

_TYPES = {"report": "techreport", "webpage": "misc"}
_NAMED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_ESCAPED = str.maketrans(_NAMED | {sign: f"\\{sign}" for sign in "{}&%$#_"})


def lines(cards: Iterable[Card]) -> Iterator[str]:
    """An entry a dossier."""
    for card in cards:
        yield write_string(Library([_entry(reference(card))])) + "\n"


def _entry(cited: Reference) -> Entry:
    values = {
        "title": f"{{{_escaped(cited.title)}}}",
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in cited.authors),
        "institution" if cited.kind == "report" else "publisher": _escaped(cited.publisher),
        "year": str(cited.issued.year) if cited.issued else "",
        "date": cited.issued.isoformat() if cited.issued else "",
        "address": _escaped(cited.place),
        "keywords": ", ".join(map(_keyword, cited.keywords)),
        "langid": "french" if cited.language == "fr" else "",
        "note": _escaped(cited.event),
        "url": cited.address.replace("{", "%7B").replace("}", "%7D"),
    }
    return Entry(_TYPES[cited.kind], cited.id, [Field(name, value) for name, value in values.items() if value])


def _keyword(keyword: str) -> str:
    """One that holds a comma is kept together: commas part keywords."""
    return f"{{{_escaped(keyword)}}}" if "," in keyword else _escaped(keyword)


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPED)
