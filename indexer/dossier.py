"""Page + attachments → dossier. All decisions about a dossier fall here.

First every dossier is planned from what is known without its text (`plan_dossiers`), so that a build can tell which changed;
then only those are put together (`assemble`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

import msgspec

from indexer import corpus
from indexer.addresses import canonical, identity, same_pages
from indexer.facts.dates import dates_in_file_name, find_dates, parse_dates
from indexer.facts.page_type import page_type
from indexer.facts.places import parse_places
from indexer.facts.themes import Vocabulary, stated_themes
from indexer.facts.titles import derive_title, first_sentence, title_of_file
from indexer.model import Attachment, Card, Dossier, EventDate, Link, Page, PageFile, Part, PartReader, PdfFile, Place
from indexer.slugs import slug

VERSION = "dossier-2"
"""Changes with every rule here or in the parsers of dates, places and themes: dossiers are then put together again."""


_OPENING = 1_500
"""Characters of a page in which its event's date is looked for when no label states it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A dossier to be: its page files, the one that wins first (none for a lone PDF), and its attachments."""

    id: str
    pages: tuple[PageFile, ...]
    attachments: tuple[Attachment, ...]
    pdfs: tuple[PdfFile | None, ...]
    """The file behind each attachment, None where it is missing."""

    def fingerprint(self, rules: str) -> str:
        """Changes when anything that the dossier is made of changes; `rules` names the versions of what makes it."""
        made_of = (VERSION, rules, [(page.path, page.key) for page in self.pages], self.attachments)
        return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()


def plan_dossiers(pages: Iterable[PageFile], pdfs: Iterable[PdfFile]) -> list[Plan]:
    """Every dossier of a corpus: pages that are the same put together, PDFs that no page links to on their own."""
    by_path = {page.path: page for page in pages}
    by_name: dict[str, dict[str, PdfFile]] = defaultdict(dict)
    for pdf in pdfs:
        by_name[corpus.comparable(PurePosixPath(pdf.path).name)][pdf.path] = pdf
    plans = []
    linked: set[str] = set()
    for paths in same_pages({path: file.page.addresses for path, file in by_path.items()}):
        plan = _plan_page(_newest_first(by_path[path] for path in paths), by_name)
        linked.update(pdf.path for pdf in plan.pdfs if pdf)
        plans.append(plan)
    alone = (pdf for named in by_name.values() for pdf in named.values() if pdf.path not in linked and pdf.pages)
    return plans + [_plan_pdf(pdf) for pdf in alone]


def assemble(plan: Plan, read_part: PartReader, vocabulary: Vocabulary) -> Dossier:
    """The dossier of a plan, with its text."""
    parts = tuple(_parts(plan))
    texts = tuple(read_part(part.text_key, part.page) for part in parts)
    card = _page_card(plan, texts[0], vocabulary) if plan.pages else _pdf_card(plan, texts[0])
    return Dossier(card, parts, texts)


def _newest_first(files: Iterable[PageFile]) -> tuple[PageFile, ...]:
    return tuple(sorted(files, key=lambda file: (file.page.modified or datetime.min, file.path), reverse=True))


def _plan_page(files: tuple[PageFile, ...], by_name: dict[str, dict[str, PdfFile]]) -> Plan:
    links: dict[str, Link] = {}
    for file in files:
        for link in file.page.links:
            if corpus.is_pdf_link(link.url):
                links.setdefault(corpus.comparable(corpus.link_name(link.url)), link)
    found: list[tuple[Attachment, PdfFile | None]] = []
    for name, link in links.items():
        candidates = by_name.get(name, {})
        pdf = candidates[corpus.nearest(link.url, files[0].path, list(candidates))] if candidates else None
        found.append((_attachment(pdf, link.url), pdf))
    addresses = [address for file in files for address in file.page.addresses]
    return Plan(_id(identity(addresses, files[0].path)), files, tuple(a for a, _ in found), tuple(p for _, p in found))


def _plan_pdf(pdf: PdfFile) -> Plan:
    return Plan(_id(pdf.path), (), (_attachment(pdf, None),), (pdf,))


def _id(key: str) -> str:
    """12 hexadecimal digits: with 100,000 dossiers, two share one with a probability of 2 in 100,000."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _attachment(pdf: PdfFile | None, url: str | None) -> Attachment:
    if pdf is None:
        return Attachment(corpus.link_name(url or ""), "missing", url, problem="fichier absent du corpus")
    return Attachment(
        PurePosixPath(pdf.path).name,
        "available" if pdf.pages else "unreadable",
        url,
        pdf.path,
        pdf.key,
        len(pdf.pages),
        pdf.size,
        pdf.problem,
    )


def _parts(plan: Plan) -> Iterator[Part]:
    if plan.pages:
        yield Part(plan.pages[0].key, 0)
    for index, pdf in enumerate(plan.pdfs):
        for number, label in pdf.pages if pdf else ():
            yield Part(pdf.key if pdf else "", number, index, label)


def _merged(files: tuple[PageFile, ...]) -> Page:
    """The winning page, what it does not say completed by the other states of the same page."""
    page = files[0].page
    for other in (file.page for file in files[1:]):
        page = replace(
            page,
            title=page.title or other.title,
            dates=page.dates or other.dates,
            places=page.places or other.places,
            organisers=page.organisers or other.organisers,
            breadcrumb=page.breadcrumb or other.breadcrumb,
            tags=page.tags or other.tags,
            published=page.published or other.published,
            addresses=tuple(dict.fromkeys(page.addresses + other.addresses)),
        )
    return page


def _page_card(plan: Plan, text: str, vocabulary: Vocabulary) -> Card:
    page = replace(_merged(plan.pages), text=text)
    dates = _event_dates(page)
    names = [attachment.name for attachment in plan.attachments]
    title = page.title or derive_title(text, sorted(page.addresses, key=canonical, reverse=True), names)
    return Card(
        id=plan.id,
        slug=slug(title, 60),
        title=title,
        title_derived=page.title is None,
        type=page_type(page, title, bool(dates)),
        dates=dates,
        places=_places(page),
        themes=stated_themes(vocabulary, page.addresses, page.breadcrumb, page.tags),
        organisers=page.organisers,
        attachments=plan.attachments,
        published=page.published,
        modified=page.modified,
        source_url=page.addresses[0] if page.addresses else None,
        path=plan.pages[0].path,
        links=page.links,
    )


def _event_dates(page: Page) -> tuple[EventDate, ...]:
    """The dates that the page's labels state; failing these, those its title or first words give, marked inferred."""
    reference = page.published or (page.modified.date() if page.modified else None)
    stated = [when for value in page.dates for when in parse_dates(value, reference)]
    if stated:
        return tuple(dict.fromkeys(stated))
    found = find_dates(page.title or "", reference) or find_dates(page.text[:_OPENING], reference)
    return tuple(when for when in found if when.source == found[0].source)


def _places(page: Page) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(place for value in page.places for place in parse_places(value)))


def _pdf_card(plan: Plan, text: str) -> Card:
    attachment, pdf = plan.attachments[0], plan.pdfs[0]
    own_title = pdf.title if pdf else None
    title = own_title or title_of_file(attachment.name) or first_sentence(text) or attachment.name
    return Card(
        id=plan.id,
        slug=slug(title, 60),
        title=title,
        title_derived=own_title is None,
        type="document",
        dates=dates_in_file_name(attachment.name),
        attachments=plan.attachments,
        path=attachment.path or "",
    )
