"""The command line as a user meets it: output, exit codes, messages without traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TINY = Path(__file__).parents[1] / "corpus"


class Here:
    """A folder with a corpus, in which commands are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "indexer", *words], cwd=self.folder, capture_output=True, text=True, check=False, timeout=120
        )
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def json(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.run(*words, "--json", code=code).stdout)


@pytest.fixture
def here(tmp_path: Path) -> Here:
    shutil.copytree(TINY, tmp_path / "corpus")
    return Here(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Here:
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(TINY, folder / "corpus")
    here = Here(folder)
    here.run("build", code=3)
    return here


def test_build_says_what_was_done_and_where_the_list_is(here: Here) -> None:
    done = here.run("build", code=3)
    assert "Dossiers ajoutés : 4 · changés : 0 · retirés : 0" in done.stdout
    assert "illisibles, même en partie : 6 · PDF liés absents : 1" in done.stdout
    assert "chercheville failures" in done.stdout
    assert done.stderr.splitlines() == [
        "Lecture des fichiers : 12/12, 8 pages de PDF",
        "Indexation des dossiers : 4/4",
    ]
    shutil.rmtree(here.folder / "corpus/mauvais")
    assert "retirés : 0 · inchangés : 4" in here.run("build").stdout


def test_build_reports_as_json(here: Here) -> None:
    assert here.json("build", "--dry-run")["new"][0] == "mauvais/faux.pdf"
    report = here.json("build", code=3)
    assert (report["added"], report["dossiers"], len(report["failures"])) == (4, 4, 7)
    assert here.json("build", "--full", code=3)["full"] is True


def test_search_shows_hits_with_their_passages(built: Here) -> None:
    done = built.run("search", "jardins", "partagés")
    assert "1 dossier trouvé" in done.stdout
    assert "[PDF Compte-rendu_été.pdf, p. 2] Les jardins partagés de Valmory" in " ".join(done.stdout.split())
    assert "Thèmes : Politique de la ville (1)" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("words", "total"),
    [
        (["--theme", "Politique de la ville"], 1),
        (["--theme", "politique-de-la-ville", "--theme", "sante"], 2),
        (["--lieu", "Oise"], 1),
        (["--du", "2019", "--au", "2021"], 2),
        (["--type", "document"], 1),
        (["jeunes", "-participants"], 1),
        (["--tri", "date"], 4),
    ],
)
def test_search_filters(built: Here, words: list[str], total: int) -> None:
    assert built.json("search", *words)["total"] == total


def test_search_json_has_the_keys_of_the_api(built: Here) -> None:
    answer = built.json("search", "jardins")
    assert set(answer) == {
        "request", "total", "page", "size", "pages", "hits", "facets", "notices",
        "only_all_words", "correction", "expansions", "offers",
    }  # fmt: skip
    hit = answer["hits"][0]
    assert hit["dates"][0]["start"] == "2019-03-14"
    assert hit["places"][0]["commune"] == "Valmory"
    names = {facet["name"] for facet in answer["facets"]}
    assert names == {"theme", "lieu", "annee", "type", "organisme", "fichier"}


def test_show_gives_facts_and_text(built: Here) -> None:
    dossier = built.json("search", "jardins")["hits"][0]["id"]
    done = built.run("show", dossier)
    assert "14 mars 2019" in done.stdout
    assert "absent.pdf – non disponible" in done.stdout
    assert "── PDF Compte-rendu_été.pdf, p." in done.stdout
    assert built.json("show", dossier)["parts"][2]["text"].strip() == "Les jardins partagés de Valmory"


def test_failures_lists_what_could_not_be_had(built: Here) -> None:
    done = built.run("failures")
    assert "mauvais/protege.pdf" in done.stdout
    assert "→" in done.stdout
    assert built.json("failures")["total"] == 7


def test_check_and_status_name_a_damaged_file(here: Here) -> None:
    here.run("build", code=3)
    assert "abîmés : 0" in here.run("check").stdout
    (segment,) = here.folder.glob("index/whoosh-*/*.cv")
    data = segment.read_bytes()
    segment.write_bytes(data[:-100])
    assert [file["path"] for file in here.json("check", code=1)["files"] if file["fault"]] == [
        str(segment.relative_to(here.folder))
    ]
    for command in ("check", "status"):
        done = here.run(command, code=1)
        assert segment.name in "".join((done.stdout + done.stderr).split())
        assert "build --full" in " ".join((done.stdout + done.stderr).split())
    segment.write_bytes(data)


def test_status_says_whether_the_corpus_changed(here: Here) -> None:
    here.run("build", code=3)
    assert "inchangé depuis" in here.run("status").stdout
    (here.folder / "corpus/pages/sante.html").unlink()
    assert "1 retirés" in here.run("status").stdout
    assert here.json("status")["stale_files"] == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["build", "--corpus", "nulle-part"], 1, "nulle-part"),
        (["search", "ville", "--index", "vide"], 1, "chercheville build"),
        (["status", "--index", "vide"], 1, "chercheville build"),
        (["failures", "--index", "vide"], 1, "chercheville build"),
        (["show", "inconnu"], 1, "inconnu"),
        (["search", "--du", "2017-02-30"], 2, "2017-02-30"),
        (["search", "--tri", "couleur"], 2, "--tri"),
        (["search", "--thème", "ville"], 2, "--thème"),
        (["build", "--ful"], 2, "--full"),
        (["construire"], 2, "construire"),
        (["show"], 2, "ID"),
        (["build", "--config", "absent.toml"], 2, "absent.toml"),
    ],
)
def test_errors_name_the_culprit_and_the_way_out(built: Here, words: list[str], code: int, said: str) -> None:
    done = built.run(*words, code=code)
    assert done.stdout == ""
    assert said in done.stderr
    assert len(done.stderr.splitlines()) <= 4


def test_a_wrong_key_names_itself_its_line_and_the_nearest(here: Here) -> None:
    (here.folder / "config.toml").write_text('[corpus]\npath = "corpus"\n\n[site]\nprot = 8000\n')
    said = " ".join(here.run("status", code=2).stderr.split())
    assert "config.toml, ligne 5" in said
    assert "« prot »" in said
    assert "Vouliez-vous dire « port »" in said


def test_options_come_before_the_configuration(here: Here) -> None:
    (here.folder / "config.toml").write_text('[index]\npath = "ailleurs"\n')
    here.run("build", "--index", "ici", code=3)
    assert (here.folder / "ici/current.json").exists()
    here.run("build", code=3)
    assert (here.folder / "ailleurs/current.json").exists()


def test_concordance_shows_each_occurrence(built: Here) -> None:
    answer = built.json("concordance", "jardin", "--lieu", "Valmory", "--ordre", "gauche")
    assert answer["total"] == len(answer["lines"]) > 0
    assert {"left", "form", "right", "id", "title", "dates", "places", "attachment", "page", "label", "recognised"} == set(
        answer["lines"][0]
    )
    done = built.run("concordance", "jardin", "--lieu", "Valmory")
    assert done.stdout.startswith(f"{answer['total']} occurrence")
    table = built.run("concordance", "jardin", "--lieu", "Valmory", "--csv").stdout
    assert table.startswith("gauche,forme,droite,")
    assert len(table.strip().splitlines()) == answer["total"] + 1


def test_concordance_of_nothing_says_so(built: Here) -> None:
    assert built.run("concordance", "introuvable").stdout.startswith("0")


def test_trend_counts_by_period(built: Here) -> None:
    answer = built.json("trend", "jardin", "habitants partagés", "--lieu", "Valmory")
    assert set(answer) == {"total", "undated", "periods", "dossiers", "words", "series", "generation", "built_at"}
    assert [series["expression"] for series in answer["series"]] == ["jardin", "habitants partagés"]
    assert built.run("trend", "jardin").stdout.startswith("1. jardin")
    assert built.run("trend", "jardin", "--periode", "mois", "--csv").stdout.startswith("periode,dossiers,mots,")
    assert built.run("trend", *"abcdef", code=2).stderr.count("Cinq expressions")


def test_keywords_tell_a_selection_apart(built: Here) -> None:
    answer = built.json("keywords", "jardin", "--minimum", "2")
    sizes = {"dossiers_here", "dossiers_there", "words_here", "words_there"}
    assert set(answer) == {*sizes, "keywords", "generation", "built_at"}
    assert {"word", "here", "there", "dossiers", "score", "ratio"} == set(answer["keywords"][0])
    assert "G²" in built.run("keywords", "jardin", "--contre", "habitants", "--minimum", "1").stdout
    assert built.run("keywords", "jardin", "--csv").stdout.startswith("mot,occurrences,")
    here = built.json("keywords", "jardin", "--contre-lieu", "Valmory", "--contre-du", "2015", "--minimum", "1")
    assert here["dossiers_there"] < answer["dossiers_there"]


def test_collocates_stand_near_an_expression(built: Here) -> None:
    answer = built.json("collocates", "jardin", "--minimum", "1")
    assert answer["words_here"] > 0
    word = answer["keywords"][0]["word"]
    assert "G²" in built.run("collocates", "jardin", "--minimum", "1").stdout
    lines = built.json("concordance", "jardin", "--avec", word)
    assert 0 < lines["total"] <= built.json("concordance", "jardin")["total"]
    assert "Aucun mot" in built.run("collocates", "introuvable").stdout


def test_lines_are_counted_by_form(built: Here) -> None:
    answer = built.json("concordance", "jardin", "--formes")
    assert sum(form["occurrences"] for form in answer["forms"]) == built.json("concordance", "jardin")["total"]
    assert built.run("concordance", "jardin", "--formes", "--csv").stdout.startswith("forme,occurrences,dossiers,generation")
    assert "occurrences" in built.run("concordance", "jardin", "--formes").stdout


@pytest.mark.parametrize(
    "command", ["concordance jardin", "trend jardin", "keywords jardin --minimum 1", "collocates jardin --minimum 1"]
)
def test_figures_are_of_the_generation_asked_for_or_of_none(built: Here, command: str) -> None:
    generation = built.json("status")["generation"]
    assert built.json(*command.split(), "--generation", str(generation))["generation"] == generation
    *_, last = built.run(*command.split(), "--csv", "--generation", str(generation)).stdout.splitlines()
    assert last.split(",")[-2] == str(generation)
    refused = built.run(*command.split(), "--csv", "--generation", str(generation + 1), code=1)
    assert "pas encore eu d’état" in refused.stderr
    assert not refused.stdout
