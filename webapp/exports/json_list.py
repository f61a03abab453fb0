"""JSON: the dossiers as the API gives them, in one list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from indexer.model import Card
from indexer.to_json import card_json
from webapp.links import absolute, dossier_url


def lines(cards: Iterable[Card]) -> Iterator[str]:
    """An object with the key "dossiers", a dossier a line, and "total" at the end."""
    yield '{"dossiers": ['
    total = 0
    for card in cards:
        yield (",\n" if total else "\n") + json.dumps(card_json(card) | {"url": absolute(dossier_url(card))}, ensure_ascii=False)
        total += 1
    yield f'\n], "total": {total}}}\n'
