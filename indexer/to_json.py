"""Answers as plain JSON values: the same for the command line and the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from indexer.engine.contract import (
    LINES_A_PAGE,
    Concordance,
    Every,
    Explanation,
    Facet,
    Hit,
    Line,
    Neighbour,
    Passage,
    Request,
    Result,
    Status,
    Suggestion,
    Trend,
    View,
)
from indexer.model import Card
from indexer.notices import Notice, sentence
from indexer.trend_table import period_key


def result_json(result: Result) -> dict[str, Any]:
    """A search's answer: what was asked, the hits of the page, the facets, and what was changed or can be tried."""
    request = result.request
    return {
        "request": _request(request),
        "total": result.total,
        "page": request.page,
        "size": request.size,
        "pages": -(-result.total // request.size),
        "hits": [_hit(hit) for hit in result.hits],
        "facets": [_facet(facet) for facet in result.facets],
        "notices": _notices(result.notices),
        "only_all_words": result.only_all_words,
        "correction": msgspec.to_builtins(result.correction),
        "expansions": msgspec.to_builtins(result.expansions),
        "offers": msgspec.to_builtins(result.offers),
    }


def view_json(view: View, neighbours: Iterable[Neighbour]) -> dict[str, Any]:
    """A dossier with its text part by part, and those about the same things."""
    return card_json(view.card) | {
        "parts": [_passage(part, view.card) for part in view.parts],
        "neighbours": [_neighbour(neighbour) for neighbour in neighbours],
    }


def concordance_json(found: Concordance, page: int) -> dict[str, Any]:
    """A page of a concordance; of each line the dossier's identifier, title, dates and places."""
    return {
        "total": found.total,
        "dossiers": found.dossiers,
        "page": page,
        "pages": -(-found.total // LINES_A_PAGE),
        "lines": [_line(line) for line in found.lines],
        "notices": _notices(found.notices),
    }


def trend_json(found: Trend, every: Every) -> dict[str, Any]:
    """Expressions over time; lists go by period."""
    return {
        "total": found.total,
        "undated": found.undated,
        "periods": [period_key(first, every) for first in found.periods],
        "dossiers": list(found.dossiers),
        "words": list(found.words),
        "series": msgspec.to_builtins(found.series),
    }


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """Why a dossier has its score: the clues add up to it."""
    card, passage = explanation.card, explanation.passage
    return {
        "id": card.id,
        "title": card.title,
        "query": explanation.query,
        "score": explanation.score,
        "matches": explanation.matches,
        "lacks": list(explanation.lacks),
        "clues": msgspec.to_builtins(explanation.clues),
        "passage": passage and _passage(passage, card),
    }


def status_json(status: Status) -> dict[str, Any]:
    """The state of an index; the time in ISO form."""
    facts: dict[str, Any] = msgspec.to_builtins(status)
    return facts


def suggestions_json(suggestions: Iterable[Suggestion]) -> dict[str, Any]:
    """Completions, best first."""
    return {"suggestions": msgspec.to_builtins(tuple(suggestions))}


def card_json(card: Card) -> dict[str, Any]:
    """The facts of a dossier; dates and times in ISO form."""
    facts: dict[str, Any] = msgspec.to_builtins(card)
    for attachment in facts["attachments"]:
        del attachment["text_key"]  # the store's own name for the text
    for when in facts["dates"]:
        for name in ("start_time", "end_time"):
            when[name] = when[name] and when[name][:5]  # hours and minutes: no page says seconds
    return facts


def _request(request: Request) -> dict[str, Any]:
    return {
        "q": request.query,
        **{name: list(values) for name, values in request.filters.items()},
        "du": request.since.isoformat() if request.since else None,
        "au": request.until.isoformat() if request.until else None,
        "tri": request.sort,
        "correction": request.correct,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    passages = [_passage(passage, hit.card) for passage in hit.passages]
    return card_json(hit.card) | {"score": hit.score, "lacks": list(hit.lacks), "passages": passages}


def _neighbour(neighbour: Neighbour) -> dict[str, Any]:
    facts = card_json(neighbour.card)
    return {name: facts[name] for name in ("id", "slug", "title", "type", "dates")} | {
        "score": neighbour.score,
        "words": list(neighbour.words),
    }


def _passage(passage: Passage, card: Card) -> dict[str, Any]:
    """A stretch of text: `attachment` and `page` are null for the event page itself."""
    of_page = passage.attachment is None
    return {
        "text": "".join(text for text, _ in passage.segments),
        "segments": [[text, matched] for text, matched in passage.segments],
        "attachment": None if passage.attachment is None else card.attachments[passage.attachment].name,
        "page": None if of_page else passage.page,
        "label": passage.label,
        "recognised": passage.recognised,
    }


def _facet(facet: Facet) -> dict[str, Any]:
    return {"name": facet.name, "values": [msgspec.to_builtins(value) for value in facet.values]}


def _notices(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    return [{"code": notice.code, "words": list(notice.words), "message": sentence(notice)} for notice in notices]


def _line(line: Line) -> dict[str, Any]:
    facts = card_json(line.card)
    of_page = line.attachment is None
    return {name: facts[name] for name in ("id", "title", "dates", "places")} | {
        "left": line.left,
        "form": line.form,
        "right": line.right,
        "attachment": None if line.attachment is None else line.card.attachments[line.attachment].name,
        "page": None if of_page else line.page,
        "label": line.label,
        "recognised": line.recognised,
    }
