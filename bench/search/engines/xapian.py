"""Xapian by Debian's package, with match spies for the facets. Runs under the system's Python."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import xapian

from bench.search.engine import FACETS, Answer, Doc, Docs, Query

_SLOTS = {name: number for number, name in enumerate(FACETS)}
_DAY = len(FACETS)
_TITLE = "S"


class Engine:
    """One database; the facets are values, the themes of a dossier one value."""

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        if raw:
            generator.set_stemmer(xapian.Stem("french"))
            generator.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        for doc in docs:
            made = xapian.Document()
            generator.set_document(made)
            self._add(generator, made, doc, raw)
            made.set_data(doc.shown)
            made.add_value(_DAY, xapian.sortable_serialise(doc.day))
            for name, value in (
                ("themes", "\t".join(doc.themes)),
                ("place", doc.place),
                ("type", doc.type),
                ("year", str(doc.year)),
            ):
                made.add_value(_SLOTS[name], value)
            for theme in doc.themes:
                made.add_boolean_term(f"XT{theme}")
            database.replace_document(doc.id + 1, made)
        database.commit()
        database.close()

    def _add(self, generator: Any, made: Any, doc: Doc, raw: bool) -> None:
        if raw:
            generator.index_text(doc.title, 1, _TITLE)
            generator.index_text(doc.text)
            return
        for prefix, text in ((_TITLE, doc.title), ("", doc.text)):
            for position, term in enumerate(text.split(), 1):
                made.add_posting(prefix + term if prefix else f"Z{term}", position)

    def open(self, folder: Path) -> None:
        self._database = xapian.Database(str(folder))

    def forget(self) -> None:
        """It has no caches of its own."""

    def answer(self, query: Query) -> Answer:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(_query(query))
        if query.kind == "browse":
            enquire.set_sort_by_value(_DAY, True)
        spies = {name: xapian.ValueCountMatchSpy(slot) for name, slot in _SLOTS.items()}
        for spy in spies.values():
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self._database.get_doccount())
        ids = [match.docid - 1 for match in found if match.document.get_data() is not None]
        facets = {name: {item.term.decode(): item.termfreq for item in spy.values()} for name, spy in spies.items()}
        themes: Counter[str] = Counter()
        for joined, count in facets["themes"].items():
            themes.update(dict.fromkeys(joined.split("\t"), count))
        return Answer(found.get_matches_estimated(), ids, facets | {"themes": dict(themes)})


def _query(query: Query) -> Any:
    make = xapian.Query
    if query.kind == "browse":
        return make.MatchAll
    if query.kind == "phrase":
        title, text = (make(make.OP_PHRASE, [prefix + term for term in query.terms]) for prefix in (_TITLE, "Z"))
        return make(make.OP_OR, make(make.OP_SCALE_WEIGHT, title, 2.0), text)
    words = [make(make.OP_OR, make(make.OP_SCALE_WEIGHT, make(_TITLE + t), 2.0), make(f"Z{t}")) for t in query.terms]
    asked = make(make.OP_OR if query.kind == "or" else make.OP_AND, words)
    if query.kind == "filtered":
        days = [xapian.sortable_serialise(day) for day in (query.first, query.last)]
        asked = make(make.OP_FILTER, asked, make(f"XT{query.theme}"))
        asked = make(make.OP_FILTER, asked, make(make.OP_VALUE_RANGE, _DAY, *days))
    return asked
