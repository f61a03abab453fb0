"""The commands `chercheville backup` and `chercheville restore`."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from indexer import console
from indexer.backup import backup, restore
from indexer.cli_options import settings_options
from indexer.config import Settings

_WAIT = click.option("--wait", is_flag=True, help="Si une autre commande écrit l’index, attendre sa fin.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Rapport en JSON sur la sortie standard.")


@click.command("backup")
@click.argument("destination", metavar="DOSSIER", type=click.Path(path_type=Path))
@_WAIT
@_JSON
@settings_options
def backup_command(settings: Settings, destination: Path, wait: bool, as_json: bool) -> int:
    """Sauvegarder l’index et ses textes dans un nouveau dossier, pendant que le site sert."""
    made = backup(settings, destination, wait=wait)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(made), ensure_ascii=False, indent=2))
    else:
        console.print_backup(made, destination)
    return 0


@click.command("restore")
@click.argument("source", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Remplacer l’index en place.")
@_WAIT
@_JSON
@settings_options
def restore_command(settings: Settings, source: Path, yes: bool, wait: bool, as_json: bool) -> int:
    """Reprendre une sauvegarde, vérifiée d’abord fichier par fichier."""
    restored = restore(settings, source, yes=yes, wait=wait)
    if as_json:
        said = msgspec.to_builtins(restored.backup) | {"generation": restored.generation}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        console.print_restored(restored, settings)
    return 0
