"""What lies in a corpus folder and is no file of it: listed with its reason, never opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.build import build
from indexer.config import Settings
from indexer.corpus import Refused, list_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "dedans").mkdir(parents=True)
    (tmp_path / "corpus" / "dedans" / "page.txt").write_text("Une rencontre sur la ville.\n", encoding="utf-8")
    (tmp_path / "dehors").mkdir()
    (tmp_path / "dehors" / "secret.txt").write_text("Un secret.\n", encoding="utf-8")
    return tmp_path / "corpus"


def test_what_is_no_file_of_the_corpus_is_listed_with_its_reason(corpus: Path) -> None:
    os.mkfifo(corpus / "tube.pdf")
    (corpus / "nul.txt").symlink_to("/dev/null")
    (corpus / "perdu.html").symlink_to("absent.html")
    (corpus / "cercle.pdf").symlink_to("cercle.pdf")
    (corpus / "secret.txt").symlink_to(corpus.parent / "dehors" / "secret.txt")
    (corpus / "dossier").symlink_to(corpus.parent / "dehors")
    report = build(Settings(corpus=corpus, index=corpus.parent / "index"), lambda _: None)
    assert {failure.path: failure.reason for failure in report.unreadable} == {
        "tube.pdf": "special_file",
        "nul.txt": "outside_link",
        "perdu.html": "broken_link",
        "cercle.pdf": "broken_link",
        "secret.txt": "outside_link",
        "dossier": "outside_link",
    }
    assert report.files == report.dossiers == 1


def test_links_inside_the_corpus_are_files_or_nothing(corpus: Path) -> None:
    (corpus / "autre.txt").symlink_to("dedans/page.txt")
    (corpus / "encore").symlink_to("dedans")
    listing = list_corpus(corpus)
    assert [file.path for file in listing.files] == ["autre.txt", "dedans/page.txt"]
    assert listing.refused == ()


def test_a_corpus_that_is_itself_a_link_is_read(corpus: Path) -> None:
    link = corpus.parent / "lien"
    link.symlink_to(corpus)
    (corpus / "autre.txt").symlink_to("dedans/page.txt")
    assert [file.path for file in list_corpus(link).files] == ["autre.txt", "dedans/page.txt"]


def test_names_that_are_not_utf8_stay_apart(corpus: Path) -> None:
    for name in (b"m\xe9moire.pdf", b"m\xe8moire.pdf", b"tube\xff.pdf"):
        if name.startswith(b"tube"):
            os.mkfifo(os.fsencode(corpus) + b"/" + name)
        else:
            Path(os.fsdecode(os.fsencode(corpus) + b"/" + name)).touch()
    listing = list_corpus(corpus)
    assert listing.misnamed == ("m\\xe8moire.pdf", "m\\xe9moire.pdf")
    assert listing.refused == (Refused("tube\\xff.pdf", "special_file"),)


def test_files_whose_state_cannot_be_told_are_no_removal(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.lstat

    def refused(self: Path) -> os.stat_result:  # root may look at any file, so the refusal is played
        if self.parent.name == "dedans":
            raise PermissionError(13, "Permission denied", str(self))
        return plain(self)

    monkeypatch.setattr(Path, "lstat", refused)
    listing = list_corpus(corpus)
    assert listing.files == ()
    assert listing.untold
    assert {Path(path).parent.name for path in listing.untold} == {"dedans"}


def test_a_file_removed_meanwhile_is_none(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: Path) -> os.stat_result:
        raise FileNotFoundError(2, "No such file", str(self))

    monkeypatch.setattr(Path, "lstat", gone)
    assert list_corpus(corpus).files == ()
