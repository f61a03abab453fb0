"""Where words stand in texts that are at hand, by positions: what an index tells by its postings, told by the analyser."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable

from indexer.analysis import Token
from indexer.engine.words_sought import is_phrase, sequence, singles
from indexer.highlight import Text
from indexer.model import Part
from indexer.query import Leaf, Prefix

TextReader = Callable[[Part], Text]
Key = tuple[bool, str]


class Placed(ABC):
    """Words by their positions in the running text of a dossier."""

    @abstractmethod
    def at(self, token: Token) -> set[int]:
        """Where a word stands."""

    @abstractmethod
    def starting(self, prefix: str) -> set[int]:
        """Where the words stand that begin so, stop words left out."""

    def of(self, leaf: Leaf) -> set[int]:
        """Where a leaf begins."""
        if isinstance(leaf, Prefix):
            return self.starting(leaf.form)
        joined = {at for token in leaf.tokens if token.variant for at in self.at(token)}
        if is_phrase(leaf):
            return joined | self._phrase(sequence(leaf))
        return joined.union(*map(self.at, singles(leaf)))

    def _phrase(self, words: list[Token]) -> set[int]:
        first = words[0].position
        return set.intersection(*({at - (word.position - first) for at in self.at(word)} for word in words))


class Standing(Placed):
    """The words of some texts."""

    def __init__(self, found: Iterable[Token]) -> None:
        self.tokens = list(found)
        self._terms: defaultdict[Key, set[int]] = defaultdict(set)
        self._forms: defaultdict[str, set[int]] = defaultdict(set)
        for token in self.tokens:
            self._terms[_key(token)].add(token.position)
            if not token.stop:
                self._forms[token.form].add(token.position)

    def at(self, token: Token) -> set[int]:
        return self._terms.get(_key(token), set())

    def starting(self, prefix: str) -> set[int]:
        return {at for form, places in self._forms.items() if form.startswith(prefix) for at in places}

    def form(self, form: str) -> set[int]:
        """Where the very word stands."""
        return self._forms.get(form, set())

    def near(self, left: str, right: str, most: int) -> dict[int, int]:
        """Where one stem stands that another follows at most `most` words later: by place, how many words later."""
        after = self._terms.get((False, right), set())
        gaps = (
            (at, next((gap for gap in range(1, most + 1) if at + gap in after), 0)) for at in self._terms.get((False, left), ())
        )
        return {at: gap for at, gap in gaps if gap}


def _key(token: Token) -> Key:
    return (token.stop, token.form if token.stop else token.term)
