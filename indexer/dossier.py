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
from indexer.acronyms import acronyms_in
from indexer.addresses import canonical, identity, same_pages
from indexer.facts.dates import dates_in_file_name
from indexer.facts.page_type import page_type
from indexer.facts.themes import Vocabulary, find_themes
from indexer.facts.titles import derive_title, first_sentence, title_of_file
from indexer.model import Attachment, Card, Dossier, Link, OutlineEntry, Page, PageFile, Part, PartReader, PdfFile, Similar
from indexer.page_facts import page_facts
from indexer.rules import Rules
from indexer.similar import Text, near_copies
from indexer.slugs import slug
from indexer.wording import unread_words

VERSION = "dossier-4"
"""Changes with every rule here or in the parsers of dates, places and themes: dossiers are then put together again."""

_MOST_HEADINGS = 40
_THEME_TEXT = 200_000
"""Characters of a lone PDF in which its themes are looked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A dossier to be: its page files, the one that wins first (none for a lone PDF), and its attachments."""

    id: str
    pages: tuple[PageFile, ...]
    attachments: tuple[Attachment, ...]
    pdfs: tuple[PdfFile | None, ...]
    """The file behind each attachment, None where it is missing."""
    similar: tuple[Similar, ...] = ()

    def fingerprint(self, rules: str) -> str:
        """Changes when anything that the dossier is made of changes; `rules` names the versions of what makes it."""
        made_of = (VERSION, rules, [(page.path, page.key) for page in self.pages], self.attachments, self.similar)
        return _digest(made_of)

    @property
    def content(self) -> str:
        """Changes when what its files say changes, or one comes or goes."""
        files = [(attachment.name, attachment.status, attachment.text_key) for attachment in self.attachments]
        return _digest(([page.key for page in self.pages], files))

    @property
    def paths(self) -> list[str]:
        """The files it is made of."""
        return [page.path for page in self.pages] + [pdf.path for pdf in self.pdfs if pdf]


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()


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
    return _with_near_copies(plans + [_plan_pdf(pdf) for pdf in alone])


def _with_near_copies(plans: list[Plan]) -> list[Plan]:
    texts = [Text(plan.id, "page", "", plan.pages[0].key, plan.pages[0].sketch) for plan in plans if plan.pages]
    texts += [Text(plan.id, "pdf", _name(pdf), pdf.key, pdf.sketch) for plan in plans for pdf in plan.pdfs if pdf]
    copies = near_copies(texts)
    return [replace(plan, similar=copies[plan.id]) if plan.id in copies else plan for plan in plans]


def assemble(plan: Plan, read_part: PartReader, rules: Rules) -> Dossier:
    """The dossier of a plan, with its text."""
    parts = tuple(_parts(plan))
    texts = tuple(read_part(part.text_key, part.page) for part in parts)
    card = _page_card(plan, texts[0], rules) if plan.pages else _pdf_card(plan, texts, rules.vocabulary)
    return Dossier(replace(card, similar=plan.similar, acronyms=acronyms_in(texts)), parts, texts)


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
    attachments = tuple(_told_twice([attachment for attachment, _ in found]))
    return Plan(_id(identity(addresses, files[0].path)), files, attachments, tuple(pdf for _, pdf in found))


def _told_twice(attachments: list[Attachment]) -> Iterator[Attachment]:
    """The attachments, those with the content of an earlier one marked."""
    first: dict[str, str] = {}
    for attachment in attachments:
        same = first.setdefault(attachment.text_key, attachment.name) if attachment.text_key else attachment.name
        yield replace(attachment, same_as=same) if same != attachment.name else attachment


def _plan_pdf(pdf: PdfFile) -> Plan:
    return Plan(_id(pdf.path), (), (_attachment(pdf, None),), (pdf,))


def _id(key: str) -> str:
    """12 hexadecimal digits: with 100,000 dossiers, two share one with a probability of 2 in 100,000."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _name(pdf: PdfFile) -> str:
    return PurePosixPath(pdf.path).name


def _attachment(pdf: PdfFile | None, url: str | None) -> Attachment:
    if pdf is None:
        return Attachment(corpus.link_name(url or ""), "missing", url, problem="fichier absent du corpus")
    return Attachment(
        _name(pdf),
        "available" if pdf.pages else "unreadable",
        url,
        pdf.path,
        pdf.key,
        len(pdf.pages),
        pdf.size,
        pdf.problem or unread_words(pdf.pages),
        sum(page.state == "ocr" for page in pdf.pages),
        outline=_main_headings(pdf.outline),
    )


def _main_headings(outline: tuple[OutlineEntry, ...]) -> tuple[OutlineEntry, ...]:
    """The first level of an outline, the second where the first is the title alone; none where that is too long to be shown."""
    for level in (0, 1):
        headings = tuple(entry for entry in outline if entry.level == level and entry.page)
        if len(headings) > 1:
            return headings if len(headings) <= _MOST_HEADINGS else ()
    return ()


def _parts(plan: Plan) -> Iterator[Part]:
    if plan.pages:
        yield Part(plan.pages[0].key, 0)
    for index, pdf in enumerate(plan.pdfs):
        for page in pdf.pages if pdf else ():
            yield Part(pdf.key if pdf else "", page.number, index, page.label, page.state == "ocr")


def _merged(files: tuple[PageFile, ...]) -> Page:
    """The winning page, what it does not say completed by the other states of the same page."""
    page = files[0].page
    for other in (file.page for file in files[1:]):
        page = replace(
            page,
            title=page.title or other.title,
            dates=page.dates or other.dates,
            places=page.places or other.places,
            organisations=page.organisations or other.organisations,
            breadcrumb=page.breadcrumb or other.breadcrumb,
            tags=page.tags or other.tags,
            published=page.published or other.published,
            language=page.language or other.language,
            addresses=tuple(dict.fromkeys(page.addresses + other.addresses)),
        )
    return page


def _page_card(plan: Plan, text: str, rules: Rules) -> Card:
    page = replace(_merged(plan.pages), text=text)
    names = [attachment.name for attachment in plan.attachments]
    title = page.title or derive_title(text, sorted(page.addresses, key=canonical, reverse=True), names)
    facts = page_facts(page, title, rules)
    return Card(
        id=plan.id,
        slug=slug(title, 60),
        title=title,
        title_derived=page.title is None,
        type=page_type(page, title, bool(facts.dates)),
        dates=facts.dates,
        places=facts.places,
        themes=facts.themes,
        organisations=facts.organisations,
        attachments=plan.attachments,
        published=page.published,
        modified=page.modified,
        source_url=page.addresses[0] if page.addresses else None,
        path=plan.pages[0].path,
        links=page.links,
        language=page.language,
        doubts=facts.doubts,
    )


def _pdf_card(plan: Plan, texts: tuple[str, ...], vocabulary: Vocabulary) -> Card:
    attachment, pdf = plan.attachments[0], plan.pdfs[0]
    own_title = pdf.title if pdf else None
    title = own_title or title_of_file(attachment.name) or first_sentence(texts[0]) or attachment.name
    return Card(
        id=plan.id,
        slug=slug(title, 60),
        title=title,
        title_derived=own_title is None,
        type="document",
        dates=dates_in_file_name(attachment.name),
        themes=find_themes(vocabulary, title, "\n".join(texts)[:_THEME_TEXT]),
        attachments=plan.attachments,
        path=attachment.path or "",
        language=pdf.language if pdf else None,
    )
