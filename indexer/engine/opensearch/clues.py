"""What adds to the score of a dossier, and how much: the recipe of `indexer.ranking` as clauses of the cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from indexer import ranking
from indexer.analysis import Token
from indexer.engine.contract import Evidence
from indexer.engine.opensearch.matching import FIELDS, having_unit, shapes
from indexer.engine.opensearch.shapes import Clause, Near, Phrase, Shape, Starts, Term, cut, word_of
from indexer.engine.opensearch.statistics import Statistics
from indexer.engine.words_sought import is_phrase, length, singles
from indexer.plan import Pair, Plan, Unit, is_plain, plain_tokens
from indexer.query import And, Leaf, Must, Node, Not, Or, Prefix, Words

_EVIDENCE: dict[str, tuple[Evidence, float]] = {
    "text": ("texte", ranking.TEXT),
    "title": ("titre", ranking.TITLE),
    "theme": ("thème", ranking.THEME),
    "place": ("lieu", ranking.PLACE),
}


class Clue(NamedTuple):
    """A summand: `shape` adds weight × idf × saturation. With `only`, in the dossiers alone that have one of these shapes."""

    typed: str
    words: str
    evidence: Evidence
    weight: float
    idf: float
    shape: Shape
    only: tuple[Shape, ...] = ()


class _Drawn(NamedTuple):
    """A summand whose rarity is not known yet. `rarity` are the words whose idf it has together, else that of the shape."""

    typed: str
    words: str
    evidence: Evidence
    weight: float
    shape: Shape
    only: tuple[Shape, ...] = ()
    rarity: tuple[Shape, ...] = ()


class Clues:
    """The summands of a plan. What they need to know of the index is asked for together."""

    def __init__(self, plan: Plan, known: Statistics) -> None:
        self._known = known
        self._units = [([*_of_node(unit.node)], [(a, [*_of_leaf(a.leaf)]) for a in unit.alternatives]) for unit in plan.units]
        self._plan = plan
        self._pairs = [_of_pair(pair) for pair in plan.pairs]

    def wanted(self) -> Iterator[Shape]:
        """The shapes whose counts are needed."""
        for drawn in self._drawn():
            yield from drawn.rarity or (drawn.shape,)
            yield drawn.shape

    def _drawn(self) -> Iterator[_Drawn]:
        for own, others in self._units:
            yield from own
            yield from (drawn for _, more in others for drawn in more)
        yield from self._pairs

    def all(self) -> Iterator[Clue]:
        """Every summand that some dossier has."""
        for unit, (own, others) in zip(self._plan.units, self._units, strict=True):
            yield from self._priced(own)
            rarity = rarest(self._priced(own))
            for alternative, drawn in others:
                texts = (clue for clue in self._priced(drawn) if clue.evidence == "texte")
                yield from (_weaker(clue, unit, alternative.weight, rarity) for clue in texts)
        yield from self._priced(self._pairs)

    def _priced(self, drawn: list[_Drawn]) -> Iterator[Clue]:
        for one in drawn:
            if self._known.count(one.shape.clause()):
                idf = sum(map(self._known.idf, one.rarity)) or self._known.idf(one.shape)
                yield Clue(one.typed, one.words, one.evidence, one.weight, idf, one.shape, one.only)

    def rarity(self, leaf: Leaf) -> float | None:
        """The idf of the rarest clue of a leaf in the text."""
        return rarest(self._priced([*_of_leaf(leaf)]))


def rarest(clues: Iterator[Clue]) -> float | None:
    """The highest idf of those in the text."""
    return max((clue.idf for clue in clues if clue.evidence == "texte"), default=None)


def _weaker(clue: Clue, unit: Unit, weight: float, rarity: float | None) -> Clue:
    """An alternative's clue: never rarer than the word typed, and weighed down, so that it ranks below it."""
    idf = clue.idf if rarity is None else min(clue.idf, rarity)
    return clue._replace(typed=unit.text, weight=clue.weight * weight, idf=idf)


def _of_pair(pair: Pair) -> _Drawn:
    near = Near("text", word_of(pair.left), word_of(pair.right))
    return _Drawn(pair.text, pair.text, "paire", ranking.PAIR, near)


def _of_node(node: Node) -> Iterator[_Drawn]:
    if isinstance(node, Must):
        yield from _of_node(node.node)
    elif isinstance(node, And | Or):
        for inner in node.nodes:
            yield from _of_node(inner)
    elif not isinstance(node, Not):
        yield from _of_leaf(node)


def _of_leaf(leaf: Leaf) -> Iterator[_Drawn]:
    if leaf.field == "date":
        return
    field = FIELDS[leaf.field]
    evidence, weight = _EVIDENCE[field]
    found = shapes(leaf, field)
    if isinstance(leaf, Words) and is_phrase(leaf):
        plain = plain_tokens(leaf)
        rarity = tuple(Term(field, word_of(token)) for token in plain)
        for shape in found:
            is_whole = isinstance(shape, Phrase)
            words = leaf.text if is_whole else _word(shape)
            yield _Drawn(leaf.text, words, evidence, weight, shape, rarity=rarity if is_whole else ())
        if field == "text":
            yield from (drawn._replace(only=tuple(found)) for token in plain for drawn in _beside(leaf, [token]))
        return
    yield from (_Drawn(leaf.text, _word(shape), evidence, weight, shape) for shape in found)
    if field == "text" and isinstance(leaf, Words) and not all(token.stop for token in leaf.tokens):
        tokens = [*singles(leaf), *(token for token in leaf.tokens if token.variant)]
        yield from _beside(leaf, tokens)
        yield from _families(leaf, tokens)


def _word(shape: Shape) -> str:
    return shape.word.lstrip("=") if isinstance(shape, Term) else f"{shape.start}*" if isinstance(shape, Starts) else ""


def _beside(leaf: Words, tokens: list[Token]) -> Iterator[_Drawn]:
    """What is worth something beside the stem in the text."""
    for term in dict.fromkeys(token.term for token in tokens):
        yield _Drawn(leaf.text, term, "titre", ranking.TITLE, Term("title", cut(term)))
        yield _Drawn(leaf.text, term, "thème", ranking.THEME, Term("theme", cut(term)))
    for form in dict.fromkeys(token.form for token in tokens):
        yield _Drawn(leaf.text, form, "mot exact", ranking.FORM, Term("text.form", cut(form)))


def _families(leaf: Words, tokens: list[Token]) -> Iterator[_Drawn]:
    """What the words of the same family are worth, unless the very word is asked for."""
    if not leaf.quoted:
        for root in dict.fromkeys(ranking.root(token.form) for token in tokens if not token.variant):
            shape: Shape = Starts("text", root) if len(root) == ranking.ROOT_LETTERS else Term("text.form", root)
            yield _Drawn(leaf.text, f"{root}…", "racine", ranking.ROOT, shape)


def needed(plan: Plan, known: Statistics) -> list[Clause]:
    """What must be counted before a plan can be scored."""
    return [*(shape.clause() for shape in Clues(plan, known).wanted()), *(having_unit(unit) for unit in plan.units)]


class Source(NamedTuple):
    """Something of the query that stands in texts, any of its `shapes`: `weight` × `idf` is what one occurrence is worth.

    `leaf` is what is marked; what only adds to another source has none, but the `form` or the `pair` that it is found by.
    """

    typed: str
    words: str
    weight: float
    idf: float
    documents: int
    length: int
    shapes: tuple[Shape, ...]
    leaf: Leaf | None = None
    form: str = ""
    pair: tuple[str, str] | None = None


def sources(plan: Plan, known: Statistics) -> list[Source]:
    """What best passages are scored by; its shapes are those of the running text."""
    clues = Clues(plan, known)
    found = [
        source
        for unit in plan.units
        for leaf, weight in unit.weighed_leaves()
        if leaf.field in ("texte", "titre")
        for source in _sources_of(clues, known, unit, leaf, weight)
    ]
    for pair in plan.pairs:
        near = Near("text", word_of(pair.left), word_of(pair.right))
        both = (pair.left.term, pair.right.term)
        documents = known.count(near.clause())
        found.append(Source(pair.text, pair.text, ranking.PAIR, known.idf(near), documents, 2, (near,), pair=both))
    return found


def _sources_of(clues: Clues, known: Statistics, unit: Unit, leaf: Leaf, weight: float) -> Iterator[Source]:
    having, size = 0, 1
    if isinstance(leaf, Prefix) or is_phrase(leaf):
        idf, size = clues.rarity(leaf) or 1.0, length(leaf)
    else:
        token = singles(leaf)[0]
        having = known.count(Term("text", word_of(token)).clause())
        idf = ranking.idf(known.documents, having)
    yield Source(unit.text, leaf.text, weight * ranking.TEXT, idf, having, size, tuple(shapes(leaf, "text")), leaf)
    if is_plain(leaf) and isinstance(leaf, Words):
        for token in plain_tokens(leaf):
            exact = Term("text.form", cut(token.form))
            having = known.count(exact.clause())
            idf = ranking.idf(known.documents, having)
            yield Source(unit.text, token.form, weight * ranking.FORM, idf, having, 1, (exact,), form=token.form)
