"""Where a program stands in a long answer: a cursor is good for one search and one generation of the index.

Within a generation the order of a search is fixed, so pages neither repeat nor skip a dossier.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

from indexer.engine.contract import Request
from indexer.errors import ChercheVilleError
from indexer.language import gettext
from webapp.links import args_of

_FORM = re.compile(r"(\d{1,12})-(\d{1,9})-([0-9a-f]{16})")


class UnknownCursor(ChercheVilleError):
    """A cursor that this search never gave."""


class CursorExpired(ChercheVilleError):
    """The index changed since the cursor was given."""


def cursor(request: Request, generation: int, page: int) -> str:
    """The cursor of a page of a search."""
    return f"{generation}-{page}-{_digest(request)}"


def at_cursor(request: Request, cursor: str, generation: int) -> Request:
    """The search at the page that a cursor names. Raises `UnknownCursor`, `CursorExpired`."""
    found = _FORM.fullmatch(cursor)
    if not found or found[3] != _digest(request) or not int(found[2]):
        raise UnknownCursor(gettext("Ce curseur n’est pas de cette recherche. Reprenez-la sans curseur."))
    if int(found[1]) != generation:
        raise CursorExpired(gettext("L’index a changé depuis que ce curseur a été donné. Reprenez la recherche sans curseur."))
    return replace(request, page=int(found[2]))


def _digest(request: Request) -> str:
    asked = json.dumps([request.size, args_of(replace(request, page=1))], sort_keys=True)
    return hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()
