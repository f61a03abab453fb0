"""The command `chercheville`. Exit codes: 0 all well; 1 nothing was changed, and why; 2 wrong usage or configuration;
3 done, but some files could not be read."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn

import click

from indexer import console
from indexer.backup_command import backup_command, restore_command
from indexer.build import build, planned
from indexer.checking import check
from indexer.cli_options import filter_options, filtered, settings_options
from indexer.condition import facts_of_engine, failures_of
from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import (
    ALL_WORDS,
    SOME_WORDS,
    SORTS,
    Request,
    default_sort,
)
from indexer.errors import ChercheVilleError, ConfigError, IndexDamaged
from indexer.evaluation.command import evaluate_command
from indexer.figure_commands import FIGURES
from indexer.report_json import facts_json, planned_json, reading_json
from indexer.rules import load_rules
from indexer.single import read_one
from indexer.to_json import explanation_json, result_json, suggestions_json, view_json

_BEHIND = 5
"""By how much a build gives way to readers, in the system's niceness."""


@click.group(context_settings={"help_option_names": ["--help"], "max_content_width": 80})
def cli() -> None:
    """ChercheVille : recherche dans les pages et les PDF d’un centre de ressources politique de la ville."""


for command in (evaluate_command, backup_command, restore_command, *FIGURES):
    cli.add_command(command)


@cli.command("build")
@click.option("--full", is_flag=True, help="Reconstruire tout l’index, à côté, sans relire les fichiers inchangés.")
@click.option("--retry-failed", is_flag=True, help="Rouvrir aussi les fichiers qui n’avaient pu être lus.")
@click.option("--yes", is_flag=True, help="Accepter que plus de la moitié du corpus ait été retirée.")
@click.option("--stored", is_flag=True, help="Reconstruire tout l’index à partir des textes déjà lus, sans le corpus.")
@click.option("--wait", is_flag=True, help="Si une autre commande écrit l’index, attendre sa fin.")
@click.option("--dry-run", is_flag=True, help="Dire ce qui serait fait, sans rien écrire.")
@click.option("--json", "as_json", is_flag=True, help="Rapport en JSON sur la sortie standard.")
@settings_options
def build_command(settings: Settings, dry_run: bool, as_json: bool, stored: bool, wait: bool, **options: bool) -> int:
    """Mettre l’index à jour avec le corpus."""
    if stored and (dry_run or options["retry_failed"]):
        raise ConfigError("--stored ne relit aucun fichier : donnez-le sans --dry-run ni --retry-failed.")
    if dry_run:
        found = planned(settings, **options)
        if as_json:
            _print_json(planned_json(found))
        else:
            console.print_planned(found)
        return 1 if found.refusal else 0
    os.nice(_BEHIND)
    with console.progress() as progress:
        report = build(settings, progress, stored=stored, wait=wait, **options)
    if as_json:
        _print_json(asdict(report) | {"dossiers": report.dossiers})
    else:
        console.print_report(report)
    return 3 if report.unreadable else 0


@cli.command("check")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
@settings_options
def check_command(settings: Settings, as_json: bool) -> int:
    """Vérifier que les fichiers de l’index sont intacts."""
    files = list(check(settings))
    facts = facts_of_engine(settings)
    if as_json:
        told = [{"path": str(file.path), "bytes": file.bytes, "fault": file.fault} for file in files]
        _print_json({"files": told, "cluster": facts_json(facts)})
    else:
        console.print_check(files)
        console.print_facts(facts)
    return int(any(file.fault for file in files) or any(fact.fault for fact in facts))


@cli.command("status")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
@settings_options
def status_command(settings: Settings, as_json: bool) -> int:
    """Dire l’état de l’index, et si le corpus a changé depuis."""
    for file in check(settings):
        if file.fault:
            raise IndexDamaged(file.fault)
    status, facts = open_reader(settings).status(), facts_of_engine(settings)
    changes = planned(settings).changes if settings.corpus.is_dir() else None
    if as_json:
        waiting = None if changes is None else len(changes.files) + len(changes.removed)
        _print_json(asdict(status) | {"stale_files": waiting, "cluster": facts_json(facts)})
    else:
        console.print_status(status, changes, settings)
        console.print_facts(facts)
    return int(any(fact.fault for fact in facts))


@cli.command("read")
@click.argument("path", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--page", type=click.IntRange(1), help="Ne montrer que cette page du PDF.")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
@settings_options
def read_command(settings: Settings, path: Path, page: int | None, as_json: bool) -> int:
    """Montrer ce qui est lu d’une page ou d’un PDF : texte, dates, lieux, thèmes, et pourquoi."""
    reading = read_one(path, load_rules(settings))
    if page and reading.pages and page > len(reading.pages):
        raise ConfigError(f"--page : « {path} » n’a que {len(reading.pages)} page{'s' if len(reading.pages) > 1 else ''}.")
    if as_json:
        _print_json(reading_json(reading, page))
    else:
        console.print_reading(reading, page)
    return 0 if reading.card else 3


@cli.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1)
@click.option(
    "--mots",
    multiple=True,
    type=click.Choice((ALL_WORDS, SOME_WORDS)),
    help="Ne garder que les dossiers qui ont tous les mots, ou une partie (répétable).",
)
@filter_options
@click.option("--tri", type=click.Choice(SORTS), help="Ordre (défaut : pertinence, ou date s’il n’y a pas de mots).")
@click.option("--sans-correction", is_flag=True, help="Chercher les mots tels qu’ils sont écrits.")
@click.option("--page", type=click.IntRange(1), default=1, help="Page de résultats.")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
@settings_options
def search_command(settings: Settings, words: tuple[str, ...], as_json: bool, **options: Any) -> int:
    """Chercher : mots, "expressions", +mot, -mot, OR, ( ), préfixe*, theme:, lieu:, titre:, date:."""
    _refuse_options(words)
    request = _request(words, settings.page_size, options)
    result = open_reader(settings).search(request)
    if as_json:
        _print_json(result_json(result))
    else:
        console.print_result(result)
    return 0


@cli.command("show")
@click.argument("dossier_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
@settings_options
def show_command(settings: Settings, dossier_id: str, as_json: bool) -> int:
    """Montrer un dossier : ses données et son texte."""
    reader = open_reader(settings)
    view, neighbours = reader.get(dossier_id), reader.more_like(dossier_id)
    if as_json:
        _print_json(view_json(view, neighbours))
    else:
        console.print_view(view, neighbours)
    return 0


@cli.command("explain", context_settings={"ignore_unknown_options": True})
@click.argument("words", metavar="RECHERCHE", nargs=-1, required=True)
@click.argument("dossier_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
@settings_options
def explain_command(settings: Settings, words: tuple[str, ...], dossier_id: str, as_json: bool) -> int:
    """Dire pourquoi un dossier a son rang.

    Ses points pour une recherche sont une somme : à chaque mot, selon où il se trouve, poids × idf × saturation (BM25) ;
    puis ce qu’ajoutent le meilleur passage et la couverture, qui est la part des mots trouvés.
    """
    _refuse_options((*words, dossier_id))
    explanation = open_reader(settings).explain(" ".join(words), dossier_id)
    if as_json:
        _print_json(explanation_json(explanation))
    else:
        console.print_explanation(explanation)
    return 0


@cli.command("suggest")
@click.argument("words", metavar="PRÉFIXE", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
@settings_options
def suggest_command(settings: Settings, words: tuple[str, ...], as_json: bool) -> int:
    """Compléter un début de mot.

    Par des titres, des thèmes, des lieux, des mots et des expressions, comme le site pendant la frappe.
    """
    found = open_reader(settings).suggest(" ".join(words))
    if as_json:
        _print_json(suggestions_json(found))
    else:
        console.print_suggestions(found)
    return 0


@cli.command("failures")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
@settings_options
def failures_command(settings: Settings, as_json: bool) -> int:
    """Lister ce qui n’a pu être lu, pourquoi, depuis quand et que faire."""
    failures = failures_of(settings)
    if as_json:
        _print_json({"total": len(failures), "failures": [asdict(failure) for failure in failures]})
    else:
        console.print_failures(failures)
    return 0


@cli.command("serve")
@click.option("--host", help="Adresse d’écoute (défaut : celle de la configuration, ou 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port (défaut : celui de la configuration, ou 8000).")
@settings_options
def serve_command(settings: Settings, host: str | None, port: int | None) -> int:
    """Servir le site."""
    from indexer.serving import serve

    serve(replace(settings, host=host or settings.host, port=port or settings.port))
    return 0


def _request(words: tuple[str, ...], size: int, options: dict[str, Any]) -> Request:
    query = " ".join(words)
    request = filtered(query, options)
    return replace(
        request,
        filters=request.filters | ({"mots": options["mots"]} if options["mots"] else {}),
        sort=options["tri"] or default_sort(query),
        page=options["page"],
        size=size,
        correct=not options["sans_correction"],
    )


def _refuse_options(words: tuple[str, ...]) -> None:
    """A search may hold "-mot"; what begins with two dashes is a mistyped option."""
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=click.get_current_context())


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def main() -> NoReturn:
    """Run the command line: every error is one message on stderr and an exit code, never a traceback."""
    try:
        sys.exit(_run())
    except ChercheVilleError as error:
        console.print_error(str(error))
        sys.exit(error.exit_code)
    except click.UsageError as error:
        console.print_error(console.usage_words(error))
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        console.print_error("Interrompu. Ce qui a été lu est gardé ; relancez la commande pour continuer.")
        sys.exit(1)
    except Exception as error:  # a fault of ours: still no traceback, unless it is asked for
        if os.environ.get("CHERCHEVILLE_DEBUG"):
            raise
        console.print_error(
            f"erreur imprévue ({type(error).__name__} : {error}). Rien de l’index en place n’est perdu."
            " Pour la signaler, relancez avec CHERCHEVILLE_DEBUG=1, qui montre la trace."
        )
        sys.exit(1)


def _run() -> int:
    try:
        return cli.main(standalone_mode=False) or 0
    except BrokenPipeError:  # the reader of our output went away (| head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
