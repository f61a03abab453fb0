"""What the commands of figures print."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import click

from indexer.console_text import OFF, ON, attachment_of, counted, marked, wrapped
from indexer.engine.contract import LINES_A_PAGE, Concordance, Every, Form, Keywords, Trend
from indexer.notices import sentence
from indexer.trend_table import FEW, period_key, share
from indexer.wording import date_words, part_words

_FEW_MARK = "*"


def print_concordance(found: Concordance, page: int) -> None:
    """A line an occurrence, the form in the middle; below it where it stands."""
    click.echo(f"{counted(found.total, 'occurrence')} dans {counted(found.dossiers, 'dossier')}")
    for notice in found.notices:
        click.echo(wrapped(sentence(notice)))
    side = (min(80, shutil.get_terminal_size().columns) - 20) // 2
    for line in found.lines:
        form = f"{ON}{line.form}{OFF}"
        click.echo(marked(f"{line.left[-side:]:>{side}}{form}{line.right[:side]}"))
        dates = ", ".join(date_words(when) for when in line.card.dates)
        part = part_words(attachment_of(line.card, line), line.page, line.label, recognised=line.recognised)
        click.echo(f"{'':>{side}}{' · '.join(filter(None, (line.card.id, dates, part)))}")
    if page * LINES_A_PAGE < found.total:
        click.echo(f"Suite : --page {page + 1}")


def print_forms(forms: Sequence[Form]) -> None:
    """A line a form: how often it stands, and in how many dossiers."""
    click.echo(f"{'':40}{'occurrences':>12}{'dossiers':>10}")
    for one in forms:
        click.echo(f"{one.form[:39]:40}{one.occurrences:>12}{one.dossiers:>10}")


def print_trend(found: Trend, every: Every) -> None:
    """A line a period: what there is in it, then for each expression the dossiers that have it, their share, its occurrences."""
    for number, series in enumerate(found.series, 1):
        click.echo(wrapped(f"{number}. {series.expression}", indent="   "))
    heads = "".join(f"{f'{number}. dossiers':>14}{'occ.':>6}" for number in range(1, len(found.series) + 1))
    click.echo(f"{'':8}{'dossiers':>9}{heads}")
    for place, first in enumerate(found.periods):
        whole = found.dossiers[place]
        cells = "".join(
            f"{f'{one.dossiers[place]} ({share(one.dossiers[place], whole):.0f} %)':>14}{one.occurrences[place]:>6}"
            for one in found.series
        )
        click.echo(f"{period_key(first, every):8}{f'{whole}{_FEW_MARK if whole < FEW else str()}':>9}{cells}")
    if any(whole < FEW for whole in found.dossiers):
        click.echo(f"{_FEW_MARK} moins de {FEW} dossiers : trop peu pour comparer")
    if found.undated:
        click.echo(f"Sans date qui compte : {counted(found.undated, 'dossier')} sur {found.total}")


def print_keywords(found: Keywords) -> None:
    """A line a word: how often here and elsewhere, in how many dossiers, G², and how many times more frequent."""
    here, there = counted(found.dossiers_here, "dossier"), counted(found.dossiers_there, "dossier")
    click.echo(f"{here} ({counted(found.words_here, 'mot')}) contre {there} ({counted(found.words_there, 'mot')})")
    if found.keywords:
        click.echo(f"{'':30}{'ici':>8}{'ailleurs':>10}{'dossiers':>10}{'G²':>10}{'fois':>8}")
    for one in found.keywords:
        times = f"×{2**one.ratio:.1f}"
        click.echo(f"{one.word[:29]:30}{one.here:>8}{one.there:>10}{one.dossiers:>10}{one.score:>10.1f}{times:>8}")
    if not found.keywords:
        click.echo("Aucun mot ne distingue cette sélection.")
