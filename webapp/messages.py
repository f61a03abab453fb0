"""What is said above the results: what was changed in the search, what else can be searched, what was ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for

from indexer.engine.contract import Correction, Request, Result
from indexer.language import gettext
from indexer.notices import sentence
from indexer.wording import expansions_words, offer_words, quoted, rest_words
from webapp.labels import FACET_TITLES
from webapp.links import args_of, search_url
from webapp.state import Problem, as_typed, with_all_and_some, with_query, without_filters


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence; one that leads to another search goes on with `link` to `url` and ends with `end`."""

    words: str
    link: str = ""
    url: str = ""
    end: str = "."


def messages(result: Result, problems: Iterable[Problem]) -> tuple[Message, ...]:
    """Everything there is to say, what matters most first; each sentence once."""
    said = (*_of_result(result), *(Message(problem.message) for problem in problems))
    return tuple(dict.fromkeys(said))


def _of_result(result: Result) -> Iterator[Message]:
    request = result.request
    if result.correction:
        yield _correction(result.correction, request)
    for offer in result.offers:
        url = search_url(with_query(request, offer.query))
        link = gettext("chercher %(words)s", words=quoted(offer.other))
        yield Message(gettext("%(sentence)s :", sentence=offer_words(offer)), link, url)
    yield from _unknown_values(result)
    for notice in result.notices:
        yield Message(sentence(notice))
    if result.expansions:
        yield Message(f"{expansions_words(result.expansions)}.")
    if rest := rest_words(result):
        yield Message(gettext("%(sentence)s :", sentence=rest), gettext("les voir aussi"), search_url(with_all_and_some(request)))


def _unknown_values(result: Result) -> Iterator[Message]:
    """The filters that no name of a value answers to, each with the page on which to look for it."""
    args = args_of(without_filters(result.request))
    for facet in result.facets:
        for value in facet.values:
            if value.selected and not value.count and value.label == value.key:
                title = gettext(FACET_TITLES[facet.name])
                words = gettext("Aucune valeur de « %(facet)s » ne s’appelle « %(value)s » :", facet=title, value=value.key)
                url = url_for("values.of_facet", name=facet.name, contient=value.key, **args)
                yield Message(words, gettext("chercher parmi toutes"), url)


def _correction(correction: Correction, request: Request) -> Message:
    if correction.applied:
        words = gettext("Résultats pour %(words)s ; chercher plutôt", words=quoted(correction.query))
        return Message(words, quoted(request.query), search_url(as_typed(request)))
    url = search_url(with_query(request, correction.query))
    return Message(gettext("Vouliez-vous dire"), quoted(correction.query), url, gettext(" ?"))
