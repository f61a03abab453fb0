"""What does an HTML page say: saved from a site, in print form, or with the label/value blocks of sister sites?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.model import Link, Page
from indexer.pages.html_article import Article, breadcrumb
from indexer.pages.html_content import content, is_file, outside_files
from indexer.pages.html_depth import tamed
from indexer.pages.html_facts import read_facts
from indexer.pages.html_head import Head, read_head
from indexer.pages.html_line import BREAK, Line
from indexer.pages.html_lines import read_lines
from indexer.pages.html_mentions import Mentions, crumbs_before_title, crumbs_of, is_title, read_mentions, title_of
from indexer.pages.html_schema import event_values
from indexer.pages.html_site import Marks, read_marks
from indexer.pages.label_table import Label
from indexer.pages.labelled import Labelled, labelled
from indexer.pages.labels import Labels
from indexer.pages.language import language_of
from indexer.pages.references import absolute, distinct, page_addresses


def page_html(source: str, labels: Labels) -> Page:
    """Read an HTML page; its article only. A page without any text gives an empty `Page.text`."""
    tree = LexborHTMLParser(tamed(source))
    body = tree.body
    if body is None:
        return Page(text="")
    head = read_head(tree)
    marks = read_marks(tree, labels, next(iter(head.addresses), head.base))
    article = Article(tree, body, labels, marks)
    said = read_mentions(read_lines(body, article.root, article.skips), labels)
    addresses = _addresses(said, head)
    base = head.base or (addresses[0] if addresses else None)
    title = marks.title or title_of(said.lines, head.site) or head.title
    inside = [line for line in said.lines if line.inside and not is_title(line, title) and not crumbs_of(line)]
    read = read_facts(inside, labels)
    facts = _facts(read.values, marks, tree)
    kept, links = content(read.lines, said.footnotes, base)
    outside = [line for line in said.lines if not line.inside]
    text = _compose(kept)
    return Page(
        text=text,
        title=title,
        links=distinct([*links, *_pictures(article.root, base), *outside_files(outside, base), *_unlinked(said, base)]),
        dates=facts.dates,
        places=facts.places,
        organisations=facts.organisations,
        breadcrumb=tuple(step for step in breadcrumb(tree) or crumbs_before_title(said.lines) if step != title),
        tags=facts.tags,
        published=said.published or head.published,
        modified=said.modified or head.modified,
        addresses=addresses,
        language=language_of(text, head.language),
    )


def _facts(values: dict[Label, list[str]], marks: Marks, tree: LexborHTMLParser) -> Labelled:
    """What the labels say, then the mark-up; where neither says anything, the description of the event for search engines."""
    for label, more in marks.values.items():
        values.setdefault(label, []).extend(more)
    facts = labelled(values)
    described = labelled(event_values(tree))
    bodies = facts.organisations or described.organisations
    return Labelled(facts.dates or described.dates, facts.places or described.places, bodies, facts.tags)


def _addresses(said: Mentions, head: Head) -> tuple[str, ...]:
    base = said.url or head.base or next(iter(head.addresses), None)
    printed = head.base if head.base and "/print/" in head.base else None
    return page_addresses([said.url, *(absolute(address, base) for address in head.addresses), printed])


def _pictures(root: LexborNode, base: str | None) -> Iterator[Link]:
    """The files of the article that a picture alone leads to."""
    for anchor in root.css("a[href]"):
        url = absolute(anchor.attributes.get("href") or "", base)
        if url and is_file(url) and not anchor.text().strip():
            yield Link(url, url.rsplit("/", 1)[-1])


def _unlinked(said: Mentions, base: str | None) -> Iterator[Link]:
    for address in said.footnotes.values():
        if url := absolute(address, base):
            yield Link(url, url)


def _compose(lines: list[Line]) -> str:
    """Lines of one paragraph, list or table below each other, a blank line between the others."""
    parts: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None:
            together = line.block == last.block or (line.group and line.group == last.group)
            parts.append("\n" if together else "\n\n")
        parts.append(line.prefix + line.text.replace(BREAK, " "))
        last = line
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()
