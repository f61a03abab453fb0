"""The options that every command has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from indexer.config import load_settings
from indexer.engine.contract import FacetName, Request
from indexer.errors import ConfigError
from indexer.periods import parse_period

Command = Callable[..., Any]


def settings_options(command: Command) -> Command:
    """The options of every command: --config, --corpus, --index; the command is given `settings`."""

    def with_settings(config: Path | None, corpus: Path | None, index: Path | None, **others: Any) -> Any:
        settings = load_settings(config)
        return command(settings=replace(settings, corpus=corpus or settings.corpus, index=index or settings.index), **others)

    with_settings.__name__, with_settings.__doc__ = command.__name__, command.__doc__
    with_settings.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for name, words in (
        ("--index", "Dossier de l’index (défaut : celui de la configuration, ou ./index)."),
        ("--corpus", "Dossier des pages et des PDF (défaut : celui de la configuration, ou ./corpus)."),
        ("--config", "Fichier de configuration (défaut : ./config.toml)."),
    ):
        click.option(name, type=click.Path(path_type=Path), help=words)(with_settings)
    return with_settings


_FILTERS = (
    click.option("--theme", multiple=True, help="Ne garder que ce thème (répétable)."),
    click.option("--themes-trouves", is_flag=True, help="Compter aussi les thèmes trouvés dans le texte."),
    click.option("--lieu", multiple=True, help="Ne garder que ce lieu : commune, département, région, en-ligne (répétable)."),
    click.option("--type", "types", multiple=True, help="Ne garder que ce type : annonce, retour, actualite, ressource…"),
    click.option("--annee", "annees", multiple=True, help="Ne garder que cette année (répétable)."),
    click.option("--organisme", "organismes", multiple=True, help="Ne garder que cet organisme (répétable)."),
    click.option(
        "--fichier",
        "fichiers",
        multiple=True,
        help="Ne garder que : pdf, pdf/reconnu, illisible, manquant, inconnu (page seule).",
    ),
    click.option("--du", help="Événements à partir de cette date : 2017, 2017-05 ou 2017-05-11."),
    click.option("--au", help="Événements jusqu’à cette date comprise."),
)


def second_options(command: Command) -> Command:
    """The filters of another search, after "--contre-"; the command is given them as `second`."""

    def with_second(**options: Any) -> Any:
        second = {name.removeprefix("contre_"): options.pop(name) for name in list(options) if name.startswith("contre_")}
        return command(second=second, **options)

    with_second.__name__, with_second.__doc__ = command.__name__, command.__doc__
    with_second.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for name in reversed(("theme", "lieu", "types", "annees", "organismes", "fichiers")):
        flag = f"--contre-{name.removesuffix('s')}"
        click.option(flag, f"contre_{name}", multiple=True, help="Ce filtre, pour l’autre recherche (répétable).")(with_second)
    for name in ("au", "du"):
        click.option(f"--contre-{name}", help="Cette date, pour l’autre recherche.")(with_second)
    click.option("--contre-themes-trouves", is_flag=True, help="Pour l’autre recherche, aussi les thèmes trouvés.")(with_second)
    return with_second


def filter_options(command: Command) -> Command:
    """The filters of a search."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def filtered(query: str, options: dict[str, Any]) -> Request:
    """The search of these words with the values of `filter_options`. Raises `ConfigError`."""
    filters: dict[FacetName, tuple[str, ...]] = {
        "theme": options["theme"],
        "lieu": options["lieu"],
        "type": options["types"],
        "annee": options["annees"],
        "organisme": options["organismes"],
        "fichier": options["fichiers"],
    }
    since, until = _period("--du", options["du"]), _period("--au", options["au"])
    return Request(
        query=query,
        filters={name: values for name, values in filters.items() if values},
        since=since.first if since else None,
        until=until.last if until else None,
        found_themes=options["themes_trouves"],
    )


def _period(option: str, text: str | None) -> Any:
    if text is None:
        return None
    period = parse_period(text)
    if period is None:
        raise ConfigError(f"{option} : « {text} » n’est pas une date. Écrivez 2017, 2017-05 ou 2017-05-11.")
    return period
