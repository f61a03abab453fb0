"""`chercheville evaluate`: a collection goes through the product, and its figures are those of the definitions."""

from __future__ import annotations

import json
import subprocess
import sys
from math import log2
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import ConfigError
from indexer.evaluation.collection import put_together, read_collection
from indexer.evaluation.compare import difference, paired
from indexer.evaluation.disturb import with_typo, without_accents
from indexer.evaluation.measures import ndcg, recall, reciprocal_rank

JARDIN = "Un jardin partagé ouvre près de la gare."
DOCS = [
    {"id": "a", "title": "Jardins", "text": JARDIN, "themes": ["Nature en ville"], "date": "2017-05-11"},
    {"id": "b", "title": "Jardins", "text": "", "parts": ["Le budget.", {"text": "Les outils et la serre.", "page": 2}]},
    {"id": 3, "title": "École", "text": "Une école ouvre ses portes aux parents."},
    {"id": "d", "title": "Santé", "text": "Des médiatrices en santé reçoivent sans rendez-vous."},
]
QUERIES = [
    {"query": "jardin partagé", "relevant": "a"},
    {"query": "serre et outils", "relevant": ["b"]},
    {"query": "école des parents", "relevant": 3},
    {"query": "rien de tel zzzz", "relevant": ["d", "a"]},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "x-docs.jsonl", DOCS[:2])
    write(tmp_path / "y-docs.jsonl", DOCS[2:])
    write(tmp_path / "queries.jsonl", QUERIES)
    return tmp_path


def write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", encoding="utf-8")


def evaluate(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "indexer", "evaluate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_figures_of_a_collection(folder: Path) -> None:
    done = evaluate(folder, "--json")
    answer = json.loads(done.stdout)
    assert (answer["documents"], answer["queries"]) == (4, 4)
    assert answer["mrr@10"] == answer["ndcg@10"] == answer["recall@10"] == 0.75
    assert answer["no_answer"] == 0.25
    assert [run["ranked"][:1] for run in answer["runs"]] == [["a"], ["b"], ["3"], []]
    assert evaluate(folder).stdout.splitlines()[1] == "mrr@10        0.7500"


@pytest.mark.parametrize("option", ["--typo", "--no-accents", "--long", "--limit=2", "--without=passage"])
def test_every_option_runs_and_is_told(folder: Path, option: str) -> None:
    answer = json.loads(evaluate(folder, "--json", option).stdout)
    assert answer["queries"] == (2 if "limit" in option else 4)
    assert any(answer["options"].values())


def test_two_runs_are_compared_over_the_queries_that_both_have(folder: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(evaluate(folder, "--json", "--limit=3").stdout, encoding="utf-8")
    compared = json.loads(evaluate(folder, "--json", "--compare", before).stdout)["compare"]
    assert compared["queries"] == 3
    assert compared["mrr@10"] == {"mean": 0, "low": 0, "high": 0, "beyond_chance": False}
    assert "questions communes" in evaluate(folder, "--compare", before).stdout


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("docs.jsonl", "{", "docs.jsonl, ligne 1"),
        ("docs.jsonl", '{"title": "sans identifiant"}', "ligne 1"),
        ("docs.jsonl", '{"id": "a"}\n{"id": "a"}', "a déjà servi"),
        ("docs.jsonl", '{"id": "a", "date": "hier"}', "« hier »"),
        ("queries.jsonl", '{"query": "x"}', "queries.jsonl, ligne 1"),
        ("queries.jsonl", "", "n’a pas de questions"),
        ("queries.jsonl", '{"query": "x", "relevant": "inconnu"}', "aucune réponse"),
        ("queries.jsonl", "\xff", "ligne 1"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, name: str, line: str, words: str) -> None:
    write(tmp_path / "docs.jsonl", DOCS)
    write(tmp_path / "queries.jsonl", QUERIES)
    (tmp_path / name).write_text(line, encoding="latin-1")
    with pytest.raises(ConfigError, match=words):
        read_collection(tmp_path)


def test_what_is_no_folder_is_said(tmp_path: Path) -> None:
    done = evaluate(tmp_path / "nulle-part")
    assert done.returncode == 2
    assert "n’est pas un dossier" in " ".join(done.stderr.split())
    assert evaluate(tmp_path, "--compare", tmp_path / "absent.json").returncode == 2


def test_documents_of_one_title_become_one(folder: Path) -> None:
    together = put_together(read_collection(folder))
    assert [len(document.parts) for document in together.documents] == [3, 1, 1]
    assert together.questions[1].relevant == ("a",)


def test_measures_are_those_of_their_definitions() -> None:
    ranked, relevant = ("x", "a", "y", "b"), ("a", "b", "c")
    assert reciprocal_rank(ranked, relevant) == 1 / 2
    assert recall(ranked, relevant) == 2 / 3
    best = 1 + 1 / log2(3) + 1 / 2
    assert ndcg(ranked, relevant) == pytest.approx((1 / log2(3) + 1 / log2(5)) / best)
    assert (reciprocal_rank((), relevant), ndcg((), relevant), recall((), relevant)) == (0, 0, 0)


def test_a_typo_is_one_edit_the_same_every_time() -> None:
    query = "comment ouvrir un jardin partagé"
    assert with_typo(query, 1) == with_typo(query, 1) != query
    assert len({with_typo(query, seed) for seed in range(20)}) > 5
    assert with_typo("de la une", 1) == "de la une"
    assert without_accents("Évaluation à l’été") == "Evaluation a l’ete"


def test_a_difference_beyond_chance_is_told_from_one_within() -> None:
    better = difference([(0.0, 1.0)] * 30 + [(1.0, 1.0)] * 30)
    assert better.mean == 0.5
    assert better.beyond_chance
    assert not difference([(0.0, 1.0), (1.0, 0.0)] * 20).beyond_chance
    assert paired([("a", 1.0), ("a", 2.0), ("b", 3.0)], [("a", 5.0), ("c", 6.0), ("a", 7.0)]) == [(1.0, 5.0), (2.0, 7.0)]
