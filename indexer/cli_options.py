"""The options that every command has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from indexer.config import load_settings

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


def filter_options(command: Command) -> Command:
    """The filters of a search."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command
