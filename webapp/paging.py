"""The pages of a list of results: previous, next, and the numbers around."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.engine.contract import Result
from webapp.links import search_url

AROUND = 2
"""Numbers shown on each side of the current page, besides the first and the last."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of results. `after_gap` when numbers are left out before it."""

    number: int
    url: str
    current: bool
    after_gap: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """`first` is the rank of the first hit of this page. `previous` and `next` are None at the ends."""

    page: int
    pages: int
    first: int
    previous: str | None
    next: str | None
    links: tuple[PageLink, ...]

    @property
    def beyond(self) -> bool:
        """Whether the page asked for lies after the last one."""
        return self.page > self.pages > 0


def paging(result: Result) -> Paging:
    """Where a result stands among the pages of its search."""
    request = result.request
    pages = -(-result.total // request.size)
    before, after = min(request.page - 1, pages), request.page + 1
    shown = sorted({1, pages, *range(request.page - AROUND, request.page + AROUND + 1)} & set(range(1, pages + 1)))

    def url(page: int) -> str:
        return search_url(replace(request, page=page))

    return Paging(
        page=request.page,
        pages=pages,
        first=(request.page - 1) * request.size + 1,
        previous=url(before) if before >= 1 else None,
        next=url(after) if after <= pages else None,
        links=tuple(PageLink(n, url(n), n == request.page, n - last > 1) for last, n in zip((0, *shown), shown, strict=False)),
    )
