"""The commands of figures: where expressions stand, how often over time, which words are characteristic."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from indexer import console_figures
from indexer.cli_figures import Form, figure_options
from indexer.cli_options import filter_options, filtered, second_options
from indexer.concordance_csv import concordance_rows
from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import LINE_ORDERS, LINES_A_PAGE, MOST_EXPRESSIONS, Every, LineOrder
from indexer.errors import ConfigError
from indexer.form_table import form_rows
from indexer.keyword_table import keyword_rows
from indexer.one_state import of_one_state
from indexer.to_json import concordance_json, trend_json
from indexer.trend_table import rows


@click.command("concordance")
@click.argument("words", metavar="EXPRESSION", nargs=-1, required=True)
@filter_options
@click.option("--avec", default="", help="Seulement les lignes où cette autre expression est à dix mots au plus.")
@click.option("--ordre", type=click.Choice(LINE_ORDERS), default="document", help="Ordre des lignes.")
@click.option("--formes", is_flag=True, help="Compter les formes, sans les lignes.")
@click.option("--page", type=click.IntRange(1), default=1, help="Page de lignes.")
@figure_options("Toutes les lignes en CSV.")
def concordance_command(
    settings: Settings, words: tuple[str, ...], avec: str, ordre: LineOrder, formes: bool, page: int, form: Form, **options: Any
) -> int:
    """Montrer chaque occurrence d’un mot, d’une "expression" ou d’un préfixe*, une par ligne."""
    request, reader = filtered(" ".join(words), options), open_reader(settings)
    if formes:
        status, forms = of_one_state(reader, lambda: reader.forms(request, avec), form.generation)
        form.give(status, form_rows(forms), {"forms": [asdict(one) for one in forms]}, lambda: console_figures.print_forms(forms))
        return 0
    first, most = (0, None) if form.csv else ((page - 1) * LINES_A_PAGE, LINES_A_PAGE)
    status, found = of_one_state(reader, lambda: reader.concordance(request, ordre, first, most, avec), form.generation)
    form.give(
        status,
        concordance_rows(found.lines) if form.csv else (),
        concordance_json(found, page) if form.json else {},
        lambda: console_figures.print_concordance(found, page),
    )
    return 0


@click.command("trend")
@click.argument("expressions", metavar="EXPRESSION...", nargs=-1, required=True)
@filter_options
@click.option("--periode", "every", type=click.Choice(("annee", "mois")), default="annee", help="Par année ou par mois.")
@click.option("--dates-indiquees", is_flag=True, help="Sans les dates déduites.")
@figure_options()
def trend_command(
    settings: Settings, expressions: tuple[str, ...], every: Every, dates_indiquees: bool, form: Form, **options: Any
) -> int:
    """Suivre jusqu’à cinq mots ou "expressions" dans le temps, une par argument."""
    if len(expressions) > MOST_EXPRESSIONS:
        raise ConfigError(f"Cinq expressions au plus à la fois : il y en a {len(expressions)}.")
    request, reader = filtered("", options), open_reader(settings)
    status, found = of_one_state(
        reader, lambda: reader.trend(request, expressions, every, inferred=not dates_indiquees), form.generation
    )
    form.give(status, rows(found, every), trend_json(found, every), lambda: console_figures.print_trend(found, every))
    return 0


@click.command("keywords")
@click.argument("words", metavar="[RECHERCHE]", nargs=-1)
@filter_options
@click.option("--contre", default="", help="Comparer aux dossiers de cette autre recherche, et non à tout le reste.")
@second_options
@click.option("--minimum", type=click.IntRange(1), default=5, help="Occurrences qu’il faut au moins (défaut : 5).")
@figure_options()
def keywords_command(
    settings: Settings, words: tuple[str, ...], contre: str, minimum: int, form: Form, second: dict[str, Any], **options: Any
) -> int:
    """Lister les mots caractéristiques d’une sélection de dossiers, par leur log-vraisemblance (G²)."""
    request, reader = filtered(" ".join(words), options), open_reader(settings)
    against = filtered(contre, second) if contre or any(second.values()) else None
    status, found = of_one_state(reader, lambda: reader.keywords(request, against, least=minimum), form.generation)
    form.give(status, keyword_rows(found), asdict(found), lambda: console_figures.print_keywords(found))
    return 0


@click.command("collocates")
@click.argument("words", metavar="EXPRESSION", nargs=-1, required=True)
@filter_options
@click.option("--minimum", type=click.IntRange(1), default=5, help="Occurrences qu’il faut au moins (défaut : 5).")
@figure_options()
def collocates_command(settings: Settings, words: tuple[str, ...], minimum: int, form: Form, **options: Any) -> int:
    """Lister les mots qui se trouvent à dix mots au plus d’une expression plus souvent qu’ailleurs."""
    request, reader = filtered(" ".join(words), options), open_reader(settings)
    status, found = of_one_state(reader, lambda: reader.collocates(request, least=minimum), form.generation)
    form.give(status, keyword_rows(found), asdict(found), lambda: console_figures.print_keywords(found))
    return 0


FIGURES = (concordance_command, trend_command, keywords_command, collocates_command)
