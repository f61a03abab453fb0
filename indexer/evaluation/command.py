"""`chercheville evaluate`: the ranking judged by figures, and against an earlier run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from indexer.cli_options import settings_options
from indexer.config import Settings
from indexer.errors import ConfigError
from indexer.evaluation.ablation import EVIDENCE, ranked_without
from indexer.evaluation.collection import Collection, put_together, read_collection
from indexer.evaluation.compare import Difference, difference, paired
from indexer.evaluation.disturb import with_typo, without_accents
from indexer.evaluation.measures import ndcg, recall, reciprocal_rank
from indexer.evaluation.run import Measure, Run, run_collection

_MEASURES: dict[str, tuple[str, Measure]] = {
    "mrr@10": ("rr", reciprocal_rank),
    "ndcg@10": ("ndcg", ndcg),
    "recall@10": ("recall", recall),
}


@click.command("evaluate")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--typo", is_flag=True, help="Une faute de frappe par question, toujours la même.")
@click.option("--no-accents", is_flag=True, help="Les questions sans accents.")
@click.option("--long", "together", is_flag=True, help="Les documents de même titre réunis en un seul.")
@click.option("--without", multiple=True, type=click.Choice(list(EVIDENCE)), help="Classer sans cela (répétable).")
@click.option("--limit", type=click.IntRange(1), help="Seulement les premières questions.")
@click.option("--seed", type=int, default=1, show_default=True, help="Autre tirage des fautes de frappe.")
@click.option("--compare", type=click.Path(path_type=Path), help="Comparer à la réponse JSON d’une autre fois.")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON, question par question (pour --compare).")
@settings_options
def evaluate_command(settings: Settings, folder: Path, compare: Path | None, as_json: bool, **options: Any) -> int:
    """Mesurer le classement sur une collection : *docs.jsonl et *queries.jsonl.

    Sans *docs.jsonl, les questions portent sur l’index en place ; « relevant » est alors l’identifiant d’un dossier, son titre ou
    le chemin d’un de ses fichiers.
    """
    before = _read_run(compare) if compare else None
    without = options.pop("without")
    collection = _disturbed(read_collection(folder), **options)
    with _progress(len(collection.questions)) as tell, ranked_without(without):
        run = run_collection(collection, settings, tell)
    found = _report(run, options | {"without": list(without)})
    if before:
        found["compare"] = _compared(before, found)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(found)
    return 0


def _disturbed(collection: Collection, typo: bool, no_accents: bool, together: bool, limit: int | None, seed: int) -> Collection:
    collection = put_together(collection) if together else collection
    questions = collection.questions[:limit]
    if typo:
        questions = tuple(replace(question, query=with_typo(question.query, seed)) for question in questions)
    if no_accents:
        questions = tuple(replace(question, query=without_accents(question.query)) for question in questions)
    return replace(collection, questions=questions)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal's stderr; nothing elsewhere."""
    with click.progressbar(length=total, label="Questions", file=sys.stderr, width=20, hidden=not sys.stderr.isatty()) as bar:
        yield lambda done, _: bar.update(done - bar.pos)


def _report(run: Run, options: dict[str, Any]) -> dict[str, Any]:
    runs = [
        {"query": answer.query, "relevant": answer.relevant, "ranked": answer.ranked}
        | {name: measure(answer.ranked, answer.relevant) for name, measure in _MEASURES.values()}
        for answer in run.answers
    ]
    head = {"documents": run.documents, "queries": len(runs), "build_seconds": run.build_seconds}
    return head | run.measures | {"options": options, "runs": runs}


def _read_run(path: Path) -> dict[str, Any]:
    try:
        before: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if all(name in answer for answer in before["runs"] for name in ("query", "rr", "ndcg", "recall")):
            return before
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise ConfigError(f"--compare : « {path} » n’est pas la réponse d’une évaluation. Gardez-en une avec --json > {path.name}.")


def _compared(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """The difference of each measure to an earlier run, over the queries that both have."""
    found: dict[str, Any] = {}
    for measure, (name, _) in _MEASURES.items():
        pairs = paired(*([(answer["query"], answer[name]) for answer in run["runs"]] for run in (before, now)))
        if not pairs:
            raise ConfigError("--compare : les deux fois n’ont aucune question en commun.")
        told: Difference = difference(pairs)
        found |= {"queries": len(pairs), measure: told._asdict() | {"beyond_chance": told.beyond_chance}}
    return found


def _print(found: dict[str, Any]) -> None:
    built = f"index construit en {found['build_seconds']:.1f} s" if found["build_seconds"] else "index en place"
    click.echo(f"{found['documents']} documents, {found['queries']} questions ({built})")
    for name in _MEASURES:
        click.echo(f"{name:<14}{found[name]:.4f}")
    click.echo(f"{'sans réponse':<14}{found['no_answer']:.2%}".replace("%", " %"))
    click.echo(f"{'vitesse':<14}{found['qps']:.0f} questions/s (p50 {found['ms_p50']:.1f} ms, p95 {found['ms_p95']:.1f} ms)")
    for name, told in found.get("compare", {}).items():
        if name != "queries":
            said = "plus que le hasard" if told["beyond_chance"] else "peut venir du hasard"
            click.echo(f"{name:<14}{told['mean']:+.4f} [{told['low']:+.4f} ; {told['high']:+.4f}] {said}")
    if "compare" in found and found["compare"]["queries"] < found["queries"]:
        click.echo(f"Comparé sur les {found['compare']['queries']} questions communes.")
