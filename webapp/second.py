"""The other search of a comparison: its words are the parameter `contre`, its filters those of a search after "contre_"."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from werkzeug.datastructures import MultiDict

from indexer.engine.contract import Request
from webapp.links import args_of
from webapp.state import Problem, read_request

SECOND = "contre"
_ADDRESS = re.compile(r"(?:https?://|/)\S*\?\S+")


def read_second(args: MultiDict[str, str], size: int) -> tuple[Request | None, tuple[Problem, ...]]:
    """The other search, None when there is none, and what in it was ignored. In place of words, its address will do."""
    words = args.get(SECOND, "").strip()
    if is_address(args):
        return read_request(MultiDict(parse_qsl(urlsplit(words).query)), size)
    filters = [
        (name.removeprefix(f"{SECOND}_"), value) for name, value in args.items(multi=True) if name.startswith(f"{SECOND}_")
    ]
    request, problems = read_request(MultiDict([("q", words), *filters]), size)
    named = tuple(Problem(f"{SECOND}_{problem.parameter}", problem.value, problem.message) for problem in problems)
    return (request if words or filters else None), named


def is_address(args: MultiDict[str, str]) -> bool:
    """Whether the other search is given as the address of its page."""
    return _ADDRESS.fullmatch(args.get(SECOND, "").strip()) is not None


def second_args(request: Request | None) -> dict[str, Any]:
    """The parameters that `read_second` reads back as this search."""
    known = args_of(request) if request else {}
    return {
        SECOND if name == "q" else f"{SECOND}_{name}": value
        for name, value in known.items()
        if name not in ("tri", "par", "page")
    }
