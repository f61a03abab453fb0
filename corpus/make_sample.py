# mypy: disable-error-code="import-untyped"
"""Render the PDFs of the sample corpus: `sources/*.md` beside this script to `exemple/<folder>/<file>`.

The same sources give the same bytes. The format of the sources is told in sample_source.py.
"""

from __future__ import annotations

import html
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, HRFlowable, KeepInFrame, PageBreak, PageTemplate, Paragraph, Table
from sample_source import NOTE_CALL, Block, Source, SourceError, read_source

HERE = Path(__file__).parent
DISCLAIMER = "Document d’exemple – contenu inventé"
BLUE, GREY, PALE = HexColor("#1f4e79"), HexColor("#6b6b6b"), HexColor("#e8eef5")
COLUMN_GAP = 8 * mm
ROMAN_PAGES = 2
GLUED_SPACE = re.compile(r"(?<=«) | (?=[»;:!?%€])|(?<=\d) (?=\d{3}\b)")  # French never breaks a line there
SERIF = ("Times-Roman", "Times-Bold", "Times-Italic")
SANS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")


@dataclass(frozen=True)
class Layout:
    """Lengths are in points; `fonts` are regular, bold and italic."""

    page: tuple[float, float] = A4
    margin: float = 25 * mm
    fonts: tuple[str, str, str] = SERIF
    size: float = 11.5
    columns: int = 1

    @property
    def column(self) -> tuple[float, float]:
        """Width and height of one column of text."""
        width, height = (side - 2 * self.margin for side in self.page)
        return (width - (self.columns - 1) * COLUMN_GAP) / self.columns, height


LAYOUTS = {
    "report": Layout(),
    "minutes": Layout(margin=28 * mm),
    "survey": Layout(margin=22 * mm, size=11),
    "slides": Layout(page=landscape(A4), fonts=SANS, size=22),
    "leaflet": Layout(page=A5, margin=14 * mm, fonts=SANS, size=9),
    "columns": Layout(margin=20 * mm, size=10.5, columns=2),
}


def render(source: Source) -> tuple[bytes, int]:
    """The PDF and its number of pages; built twice, since each page tells how many there are."""
    _, pages = _build(source, 0)
    return _build(source, pages)


def _build(source: Source, total: int) -> tuple[bytes, int]:
    layout, meta, pdf = LAYOUTS[source.meta["layout"]], source.meta, io.BytesIO()
    described = {"title": meta["title"], "author": meta["author"], "subject": DISCLAIMER, "creator": "make_sample.py"}
    os.environ["SOURCE_DATE_EPOCH"] = f"{datetime.fromisoformat(meta['date'] + 'T09:00Z').timestamp():.0f}"  # for ReportLab
    document = BaseDocTemplate(pdf, pagesize=layout.page, invariant=1, lang="fr-FR", **described)
    furnish = partial(_furnish, source, layout, total)
    document.addPageTemplates(PageTemplate(frames=list(_frames(layout)), onPage=furnish))
    document.build(_story(source, layout))
    return pdf.getvalue(), document.page


def _frames(layout: Layout) -> Iterator[Any]:
    width, height = layout.column
    padding = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
    for index in range(layout.columns):
        yield Frame(layout.margin + index * (width + COLUMN_GAP), layout.margin, width, height, **padding)


def _furnish(source: Source, layout: Layout, total: int, canvas: Any, document: Any) -> None:
    """Header, footer and number of a page."""
    roman = ROMAN_PAGES if "labels" in source.meta else 0
    if roman and document.page == 1:
        canvas.addPageLabel(0, "ROMAN_LOWER", 1)
        canvas.addPageLabel(roman, "ARABIC", 1)
    (width, height), edge = layout.page, layout.margin
    label = "i" * document.page if document.page <= roman else f"{document.page - roman}/{total - roman}"
    canvas.setFont(layout.fonts[2], max(7, layout.size * 0.6))
    canvas.setFillColor(GREY)
    canvas.drawString(edge, height - edge * 0.6, source.meta.get("header", ""))
    canvas.drawString(edge, edge * 0.5, DISCLAIMER)
    canvas.drawRightString(width - edge, edge * 0.5, label)


def _story(source: Source, layout: Layout) -> list[Any]:
    styles, (width, height) = _styles(layout, "hyphenate" in source.meta), layout.column
    story: list[Any] = []
    for is_break, blocks in groupby(source.blocks, lambda block: block.kind == "break"):
        flowables = [PageBreak()] if is_break else list(_section(blocks, styles, width))
        if source.meta["layout"] == "slides" and not is_break:
            flowables = [KeepInFrame(width, height, flowables, mode="shrink")]
        story += flowables
    return story


def _styles(layout: Layout, hyphenate: bool) -> dict[str, Any]:
    (regular, bold, italic), size = layout.fonts, layout.size
    cutting = {"alignment": TA_JUSTIFY, "hyphenationLang": "fr"} if hyphenate else {"alignment": TA_LEFT}

    def style(name: str, font: str, scale: float, before: float, **more: Any) -> Any:
        leading = {"fontSize": size * scale, "leading": size * scale * 1.28, "spaceBefore": size * before}
        return ParagraphStyle(name, fontName=font, **leading, **more)

    heading = {"textColor": BLUE, "keepWithNext": 1}
    indented = {"leftIndent": 1.6 * size, "bulletIndent": 0.3 * size, "bulletFontSize": size}
    styles = [
        style("h1", bold, 1.5, 1.4, spaceAfter=size * 0.5, **heading),
        style("h2", bold, 1.2, 1.1, spaceAfter=size * 0.3, **heading),
        style("h3", italic, 1.05, 0.8, spaceAfter=size * 0.2, **heading),
        style("text", regular, 1, 0, spaceAfter=size * 0.6, **cutting),
        style("item", regular, 1, 0, spaceAfter=size * 0.3, **indented, **cutting),
        style("quote", italic, 1, 0.2, spaceAfter=size * 0.8, leftIndent=2 * size, rightIndent=size, **cutting),
        style("note", regular, 0.8, 0, spaceAfter=size * 0.3),
        style("row", regular, 0.88, 0),
        style("head", bold, 0.88, 0),
    ]
    return {style.name: style for style in styles}


def _section(blocks: Iterator[Block], styles: dict[str, Any], width: float) -> Iterator[Any]:
    """What stands between two page breaks; footnotes are printed before the next heading or at the end."""
    notes: list[Any] = []
    for block in blocks:
        if block.kind == "note":
            notes.append(Paragraph(_markup(block.lines[0].replace("]:", "]", 1)), styles["note"]))
            continue
        if block.kind in ("h1", "h2", "h3"):
            yield from _notes(notes)
            notes = []
        yield from _flowables(block, styles, width)
    yield from _notes(notes)


def _notes(notes: list[Any]) -> list[Any]:
    rule = HRFlowable(width="30%", thickness=0.5, color=GREY, hAlign="LEFT", spaceBefore=6, spaceAfter=3)
    return [rule, *notes] if notes else []


def _flowables(block: Block, styles: dict[str, Any], width: float) -> list[Any]:
    if block.kind == "item":
        return [Paragraph(_markup(line), styles["item"], bulletText="–") for line in block.lines]
    if block.kind == "row":
        return [_table(block.lines, styles, width)]
    cls = Heading if block.kind in ("h1", "h2", "h3") else Paragraph
    return [cls(_markup(" ".join(block.lines)), styles[block.kind])]


def _markup(text: str) -> str:
    """ReportLab's own markup for a line of the source."""
    return NOTE_CALL.sub(r"<super size='70%'>\1</super>", GLUED_SPACE.sub("\xa0", html.escape(text, quote=False)))


def _table(lines: tuple[str, ...], styles: dict[str, Any], width: float) -> Any:
    rows = [[cell.strip() for cell in line.removesuffix("|").split("|")] for line in lines]
    cells = [[Paragraph(_markup(cell), styles["row" if index else "head"]) for cell in row] for index, row in enumerate(rows)]
    weights = [max(_weight(cell) for cell in column) for column in zip(*rows, strict=True)]
    widths = [width * weight / sum(weights) for weight in weights]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, GREY), ("BACKGROUND", (0, 0), (-1, 0), PALE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(cells, widths, repeatRows=1, style=grid, spaceBefore=4, spaceAfter=styles["text"].fontSize)


def _weight(cell: str) -> int:
    """Characters that a cell's column wants: its text on one line up to 30, its longest word (maybe bold) uncut."""
    return 4 + max(min(len(cell), 30), 3 * max(map(len, cell.split()), default=0) // 2)


class Heading(Paragraph):  # type: ignore[misc]
    """A paragraph that enters itself in the PDF's outline; its style is h1, h2 or h3."""

    def draw(self) -> None:
        """Called by ReportLab when the page is known."""
        x, y = self.canv.absolutePosition(0, self.height)
        key = f"{self.canv.getPageNumber()}-{x:.0f}-{y:.0f}"
        self.canv.bookmarkHorizontal(key, 0, self.height)
        self.canv.addOutlineEntry(self.getPlainText(), key, level=int(self.style.name[1]) - 1)
        super().draw()


def main() -> int:
    """Render every source, or stop at the first malformed one."""
    rl_config.useA85 = 0  # streams stay binary: smaller files
    for path in sorted((HERE / "sources").glob("*.md")):
        try:
            source = read_source(path)
        except SourceError as error:
            print(f"{path}:{error.line}: {error}", file=sys.stderr)
            return 1
        pdf, pages = render(source)
        name = unicodedata.normalize("NFD" if "name_form" in source.meta else "NFC", source.meta["file"])
        target = HERE / "exemple" / source.meta["folder"] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pdf)
        print(f"{target.relative_to(HERE)}: {pages} p., {len(pdf)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
