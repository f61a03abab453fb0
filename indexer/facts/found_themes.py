"""What is this text about? The themes whose expressions abound in it, by a scored rule that says its evidence."""

from __future__ import annotations

from typing import NamedTuple

from indexer.facts.theme_evidence import Evidence, Expression, Mention, read_evidence
from indexer.facts.vocabulary import Entry, Vocabulary
from indexer.model import Theme

WORD, LONGER, COMMON = 1.0, 2.0, 0.4
"""Points of a single word, of an expression of several words or an acronym; share that an expression of common themes keeps."""
BASE = 400
"""Words added to the length of every text: in a short text, a single mention is no density."""
ONE_ONLY = 0.6
"""Share that the density of a theme keeps when one expression alone tells it."""
TITLE, OPENING, OPENING_WORDS = 4.0, 1.5, 60
"""Bonus for standing in the title, in the first words of the text, and how many these are."""
FEWEST = 4.0
"""The fewest points in the text of a theme that the title does not tell."""
ENOUGH, SHARE, MOST = 7.0, 0.45, 4
"""The score that makes a theme, the least share of the best score, and the most first-level themes of a text."""
SAID = 3
"""The most expressions that the evidence names."""


class _Found(NamedTuple):
    score: float
    source: str


def find_themes(vocabulary: Vocabulary, title: str, text: str) -> tuple[Theme, ...]:
    """The themes of a text and its title, in the vocabulary's order, certainty "inferred", the evidence as `source`.

    The rule. The vocabulary's expressions are counted in the text; those of a second-level theme count for its first level too.
    A theme's density is its points per 1,000 words (stop words aside, `BASE` words added), less if `ONE_ONLY` expression tells
    it; density and the bonuses of title and opening make its score. A theme is found when it is mentioned twice, in the text at
    least once, and scores `ENOUGH`, and `SHARE` of the best one. The `MOST` best first levels are kept, with their second.
    """
    titled, body = read_evidence(vocabulary, title), read_evidence(vocabulary, text)
    scored = {entry.key: found for entry in vocabulary.entries if (found := _scored(_family(vocabulary, entry), titled, body))}
    least = max(ENOUGH, SHARE * max((found.score for found in scored.values()), default=0.0))
    kept = [entry for entry in vocabulary.entries if entry.key in scored and scored[entry.key].score >= least]
    firsts = sorted((entry for entry in kept if not entry.parent), key=lambda entry: -scored[entry.key].score)[:MOST]
    branches = {entry.key for entry in firsts}
    return tuple(
        Theme(entry.key, entry.label, "inferred", scored[entry.key].source, entry.parent)
        for entry in kept
        if (entry.parent or entry.key) in branches
    )


def _family(vocabulary: Vocabulary, entry: Entry) -> frozenset[str]:
    return frozenset((entry.key, *(other.key for other in vocabulary.entries if other.parent == entry.key)))


def _scored(keys: frozenset[str], titled: Evidence, body: Evidence) -> _Found | None:
    """The score and evidence of the themes `keys` together; None when they are mentioned less than twice."""
    mentions = {expression: mention for expression, mention in body.mentions.items() if expression.themes & keys}
    in_title = [expression for expression in titled.mentions if expression.themes & keys]
    points = sum(_points(expression) * mention.count for expression, mention in mentions.items())
    if not mentions or (points < FEWEST and not in_title):
        return None
    density = 1000 * points / (body.words + BASE)
    if len(mentions.keys() | set(in_title)) == 1:
        density *= ONE_ONLY
    early = [expression for expression, mention in mentions.items() if mention.first < OPENING_WORDS]
    return _Found(density + _bonus(TITLE, in_title) + _bonus(OPENING, early), _source(mentions, bool(in_title)))


def _points(expression: Expression) -> float:
    points = WORD if expression.one_word else LONGER
    return points * COMMON if expression.common else points


def _bonus(bonus: float, expressions: list[Expression]) -> float:
    return max((bonus * COMMON if expression.common else bonus for expression in expressions), default=0.0)


def _source(mentions: dict[Expression, Mention], in_title: bool) -> str:
    """ "« conseil citoyen » 5 fois, « participation des habitants » 2 fois, dans le titre"."""
    most = sorted(mentions.items(), key=lambda item: (-_points(item[0]) * item[1].count, item[1].first))[:SAID]
    said = [f"«\N{NO-BREAK SPACE}{mention.written}\N{NO-BREAK SPACE}» {mention.count} fois" for _, mention in most]
    return ", ".join([*said, *(["dans le titre"] if in_title else [])])
