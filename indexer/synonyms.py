"""Acronyms, synonyms and renamed bodies: what else a query's words are called. From `data/synonyms.toml`, and from dossiers."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from indexer.analysis import terms
from indexer.errors import ConfigError
from indexer.folding import fold
from indexer.query import Words

_BUILT_IN = Path(__file__).parent / "data" / "synonyms.toml"


class _Acronym(msgspec.Struct, forbid_unknown_fields=True):
    short: str
    long: list[str]
    caps: bool = False


class _Synonym(msgspec.Struct, forbid_unknown_fields=True):
    words: list[str]


class _Renamed(msgspec.Struct, forbid_unknown_fields=True):
    old: str
    new: str
    year: int


class _File(msgspec.Struct, forbid_unknown_fields=True):
    acronym: list[_Acronym] = []
    synonym: list[_Synonym] = []
    renamed: list[_Renamed] = []


class Found(NamedTuple):
    """Other words for the units `first` to `last` (excluded) of a query: `typed` there, `other` to be searched as a phrase."""

    first: int
    last: int
    typed: str
    other: str
    learnt: bool


class Renamed(NamedTuple):
    """The units `first` to `last` (excluded) of a query name a body that is called `other` since `year`."""

    first: int
    last: int
    typed: str
    other: str
    year: int


@dataclass(frozen=True)
class Synonyms:
    """Groups of words that mean the same, those with a word in capitals only, and renamed bodies. `learnt` groups come last."""

    groups: tuple[tuple[str, ...], ...]
    capitals: frozenset[str]
    renames: tuple[tuple[str, str, int], ...]
    learnt: tuple[tuple[str, ...], ...] = ()

    def expansions(self, words: Sequence[Words]) -> tuple[Found, ...]:
        """What else the words of a query are called, the longest run of words first, each word in one run of several at most."""
        return tuple(
            Found(first, last, typed, other, learnt)
            for first, last, typed in self._spans(words)
            for learnt, group, name in self._by_words[_key(words[first:last])]
            if self._means(words[first:last], name)
            for other in group
            if terms(other) != terms(name)
        )

    def renamed(self, words: Sequence[Words]) -> tuple[Renamed, ...]:
        """The bodies named in a query that have another name now."""
        return tuple(
            Renamed(first, last, typed, new, year)
            for first, last, typed in self._spans(words)
            for _, group, name in self._by_words[_key(words[first:last])]
            if self._means(words[first:last], name)
            for old, new, year in self.renames
            if old in group
        )

    def with_learnt(self, pairs: Iterable[tuple[str, str]]) -> Synonyms:
        """These and the acronyms that dossiers introduce, (short, long): those meant in a way that the file does not have."""
        spellings: dict[tuple[str, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
        for short, long in pairs:
            spellings[short, tuple(terms(long))][long] += 1
        known = {tuple(terms(name)) for group in self.groups for name in group}
        usual = [(short, longs.most_common(1)[0][0]) for (short, key), longs in sorted(spellings.items()) if key not in known]
        return replace(self, learnt=tuple(usual))

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[tuple[bool, tuple[str, ...], str]]]:
        found: dict[tuple[str, ...], list[tuple[bool, tuple[str, ...], str]]] = defaultdict(list)
        for learnt, groups in ((False, self.groups), (True, self.learnt)):
            for group in groups:
                for name in group:
                    found[tuple(terms(name))].append((learnt, group, name))
        return found

    @cached_property
    def _longest(self) -> int:
        return max((len(key) for key in self._by_words), default=0)

    def _spans(self, words: Sequence[Words]) -> Iterator[tuple[int, int, str]]:
        first = 0
        while first < len(words):
            lasts = range(min(len(words), first + self._longest), first, -1)
            last = next((last for last in lasts if _key(words[first:last]) in self._by_words), None)
            if last:
                yield first, last, " ".join(word.text for word in words[first:last])
            first = last or first + 1

    def _means(self, words: Sequence[Words], name: str) -> bool:
        """Whether a word that is an acronym in capitals alone was typed so."""
        return name not in self.capitals or words[0].text.isupper()


def _key(words: Sequence[Words]) -> tuple[str, ...]:
    return tuple(token.term for word in words for token in word.tokens if not (token.stop or token.variant))


def load_synonyms(path: Path | None = None) -> Synonyms:
    """The synonyms of `path`, or those that come with the software. Raises `ConfigError`."""
    path = path or _BUILT_IN
    try:
        file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
    except OSError as error:
        raise ConfigError(f"[search] synonyms : « {path} » ne peut être lu ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{path} : {error}. La forme attendue est dite en tête du fichier livré, synonyms.toml.") from error
    _check(file, path)
    groups = [(acronym.short, *acronym.long) for acronym in file.acronym] + [tuple(group.words) for group in file.synonym]
    capitals = frozenset(acronym.short for acronym in file.acronym if acronym.caps)
    return Synonyms(tuple(groups), capitals, tuple((entry.old, entry.new, entry.year) for entry in file.renamed))


def _check(file: _File, path: Path) -> None:
    for group in [*([acronym.short, *acronym.long] for acronym in file.acronym), *(group.words for group in file.synonym)]:
        empty = next((name for name in group if not terms(name)), None)
        if empty is not None or len(group) < 2:
            named = group[0] if empty is None else empty
            raise ConfigError(f"{path} : « {named} » n’a pas de mots à chercher, ou pas d’équivalent.")
    shorts = Counter(fold(acronym.short) for acronym in file.acronym)
    twice = next((short for short, count in shorts.items() if count > 1), None)
    if twice:
        raise ConfigError(f"{path} : le sigle « {twice.upper()} » y est deux fois. Réunissez ses formes longues.")
