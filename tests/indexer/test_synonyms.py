"""Acronyms and synonyms: those of the file, those that texts introduce, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.acronyms import acronyms_in
from indexer.deletions import Corrector, is_one_edit, nearest
from indexer.engine.contract import Suggestion
from indexer.errors import ConfigError
from indexer.query import Words
from indexer.query_parser import parse
from indexer.suggesting import Suggester
from indexer.synonyms import load_synonyms


def words(query: str) -> list[Words]:
    return [node for node in parse(query).tree.nodes if isinstance(node, Words)]


def others(query: str) -> set[str]:
    return {found.other for found in load_synonyms().expansions(words(query))}


def test_the_file_that_comes_with_the_software_has_the_acronyms_of_the_field() -> None:
    shorts = {group[0] for group in load_synonyms().groups}
    assert shorts >= set(
        "QPV NPNRU PNRU ANRU ANCT CGET CRPV EPCI GIP PRE CIV PTLCD TFPB GUP GUSP DSU CLSM CLS ASV ARS VRL CNFPT CISPD CLSPD CNV"
        " CUCS ZUS CAF CCAS MEL E2C VVV".split()
    )


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("qpv", "quartier prioritaire"),
        ("quartiers prioritaires", "QPV"),
        ("contrats locaux de santé", "CLS"),
        ("école de la 2e chance QPV", "quartier prioritaire"),
        ("PRE", "réussite éducative"),
    ],
)
def test_one_finds_the_other(query: str, other: str) -> None:
    assert other in others(query)


def test_the_longest_name_is_meant() -> None:
    assert others("conseil local de santé mentale") == {"CLSM"}
    assert others("pré") == others("ville") == set()


def test_a_learnt_meaning_stands_beside_the_known_one() -> None:
    learnt = load_synonyms().with_learnt([("CLS", "club local du sport"), ("ARS", "agence régionale de santé")])
    found = [(found.other, found.learnt) for found in learnt.expansions(words("CLS"))]
    assert ("contrat local de santé", False) in found
    assert ("club local du sport", True) in found
    assert [found.learnt for found in learnt.expansions(words("ARS"))] == [False]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Le conseil local de santé mentale (CLSM) se réunit.", "CLSM", "conseil local de santé mentale"),
        ("L’ANRU (agence nationale pour la rénovation urbaine) finance.", "ANRU", "agence nationale pour la rénovation urbaine"),
        ("la caisse d’allocations familiales (« CAF »)", "CAF", "caisse d’allocations familiales"),
        ("la gestion urbaine et sociale\nde proximité (GUSP)", "GUSP", "gestion urbaine et sociale de proximité"),
        ("Métropole Européenne de Lille (MEL)", "MEL", "Métropole Européenne de Lille"),
    ],
)
def test_an_acronym_is_learnt_where_it_is_introduced(text: str, short: str, long: str) -> None:
    assert [(acronym.short, acronym.long) for acronym in acronyms_in((text,))] == [(short, long)]


@pytest.mark.parametrize(
    "text", ["en Oise (60)", "le rapport (PDF)", "la ville (suite)", "un centre. Social (CS)", "Amiens (Somme)", "(" * 100_000]
)
def test_other_parentheses_introduce_nothing(text: str) -> None:
    assert acronyms_in((text,)) == ()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("acronym = 3", "acronym"),
        ('acronym = [{ short = "ABC" }]', "long"),
        ('acronym = [{ short = "ABC", long = [] }]', "ABC"),
        ('acronym = [{ short = "A", long = ["b c"] }, { short = "a", long = ["d e"] }]', "A"),
        ('synonym = [{ words = ["de la", "ville"] }]', "de la"),
        ("acronym = [", "Invalid value"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, content: str, named: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content)
    with pytest.raises(ConfigError, match=named) as raised:
        load_synonyms(path)
    assert "mine.toml" in str(raised.value)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("chat", "chats", True), ("chat", "caht", True), ("chat", "chut", True), ("chat", "chat", False), ("chat", "tchats", False),
     ("abcd", "badc", False), ("chat", "hcta", False)],
)  # fmt: skip
def test_one_edit(one: str, other: str, expected: bool) -> None:
    assert is_one_edit(one, other) is is_one_edit(other, one) is expected


def test_the_most_frequent_word_with_the_same_first_letter_is_taken() -> None:
    corrector = Corrector(["maison", "saison", "raison", "malson"], [3, 50, 9, 1])
    assert nearest("maisn", [corrector]) == "maison"
    assert nearest("caison", [corrector]) == "saison"
    assert nearest("mai", [corrector]) is nearest("zzzzzz", [corrector]) is nearest("mais0n", [corrector]) is None
    assert nearest("maison", [Corrector([], [])]) is None


def test_suggestions_begin_at_any_word_accents_indifferent() -> None:
    suggester = Suggester(
        [Suggestion("Santé", "theme", 3), Suggestion("Conseil local de santé", "titre", 1), Suggestion("santé", "mot", 9)]
    )
    assert [entry.text for entry in suggester.suggest("SANTE", 8)] == ["Santé", "Conseil local de santé"]
    assert suggester.suggest("s", 8) == ()
    assert suggester.suggest("local de sa", 8)[0].kind == "titre"
