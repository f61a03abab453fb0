"""What an opened index knows of its words: made at the first question that needs it, for one generation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from indexer.deletions import nearest
from indexer.engine.lexicon import IndexWords, stop_words
from indexer.engine.whoosh.phrases import phrase_places
from indexer.engine.whoosh.postings import PostingsReader
from indexer.engine.whoosh.segments import Placed
from indexer.query import Words
from indexer.synonyms import Synonyms


class IndexLexicon(IndexWords):
    """The lexicon of one snapshot, as `indexer.understanding` asks for it."""

    def __init__(self, reader: PostingsReader, segments: Sequence[Placed], synonyms: Synonyms) -> None:
        self._reader = reader
        self._segments = segments
        self._synonyms = synonyms

    @cached_property
    def synonyms(self) -> Synonyms:
        return self._synonyms.with_learnt(pair for placed in self._segments for pair in placed.segment.columns.acronyms)

    def frequency(self, form: str) -> int:
        return self._reader.df("form", form)

    def has_form(self, form: str) -> bool:
        return self._reader.has("form", form)

    def has_term(self, term: str) -> bool:
        return self._reader.has("text", term)

    def stand_together(self, words: Words) -> bool:
        return len(phrase_places(self._reader, words, "text").docs) > 0

    def correct(self, form: str) -> str | None:
        return nearest(form, [stop_words(), *(placed.segment.corrector for placed in self._segments)])

    def cut(self, form: str) -> tuple[tuple[str, str], ...]:
        return self._reader.kept(("cut", form), lambda: super(IndexLexicon, self).cut(form))  # type: ignore[no-any-return]

    def glued(self, form: str) -> tuple[str, ...]:
        return self._reader.kept(("glued", form), lambda: super(IndexLexicon, self).glued(form))  # type: ignore[no-any-return]
