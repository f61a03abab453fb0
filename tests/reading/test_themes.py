"""The vocabulary of themes and what a page states."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.facts.themes import load_vocabulary, search_words, stated_themes

VOCABULARY = load_vocabulary()


def keys(addresses: tuple[str, ...] = (), breadcrumb: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(theme.key, theme.source) for theme in stated_themes(VOCABULARY, addresses, breadcrumb, tags)]


@pytest.mark.parametrize(
    ("segment", "key"),
    [("politique-de-la-ville-dsu", "politique-de-la-ville")]
    + [
        (slug, slug)
        for slug in (
            "politique-de-la-ville renouvellement-urbain discriminations-egalite-laicite emploi-insertion-formation"
            " participation-citoyenne sante education-jeunesse developpement-economique habitat-cadre-de-vie acces-aux-droits"
            " egalite-femmes-hommes culture transitions securite-prevention gouvernance-evaluation"
        ).split()
    ],
)
def test_every_address_slug_in_use_means_its_theme(segment: str, key: str) -> None:
    assert keys((f"https://exemple.fr/thematiques/{segment}/une-sous-rubrique/une-page",)) == [(key, "adresse")]
    assert keys((f"http://www.exemple.fr/print/thematiques/{segment}/une-page?x=1",)) == [(key, "adresse")]


def test_the_slug_of_the_page_itself_is_no_theme() -> None:
    assert keys(("https://exemple.fr/thematiques/sante/culture",)) == [("sante", "adresse")]
    assert keys(("https://exemple.fr/actualites-0/culture",)) == []


def test_a_known_sub_theme_counts_too() -> None:
    assert [key for key, _ in keys(("https://exemple.fr/thematiques/sante/culture/une-page",))] == ["sante", "culture"]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("Renouvellement urbain", ["renouvellement-urbain"]),
        ("NPNRU", ["renouvellement-urbain"]),
        ("habitat, cadre de vie", ["habitat-cadre-de-vie"]),
        ("Santé ; Culture", ["sante", "culture"]),
        ("EGALITE FEMMES-HOMMES", ["egalite-femmes-hommes"]),
        ("Conseils citoyens", ["participation-citoyenne"]),
        ("Culture de l'égalité", ["discriminations-egalite-laicite"]),
        ("Éducation, jeunesse, prévention, cités éducatives", ["education-jeunesse"]),
        ("Radicalités sociales", ["radicalites-sociales"]),
        ("Gouvernance, pilotage, observation et évaluation", ["gouvernance-evaluation"]),
        ("Mot inconnu", []),
        ("", []),
    ],
)
def test_tags_are_known_by_label_or_alternate(tag: str, expected: list[str]) -> None:
    assert [key for key, _ in keys(tags=(tag,))] == expected


def test_themes_come_once_in_the_vocabularys_order_with_their_first_source() -> None:
    found = keys(
        ("https://exemple.fr/thematiques/sante/x/y",), ("Accueil", "Thématiques", "Renouvellement urbain"), ("Santé", "Sport")
    )
    assert found == [("renouvellement-urbain", "fil d’Ariane"), ("sante", "adresse"), ("sport", "mots-clés")]


def test_search_words_are_label_and_alternates() -> None:
    assert "Politique de la ville" in search_words(VOCABULARY, "politique-de-la-ville")
    assert "NPNRU" in search_words(VOCABULARY, "renouvellement-urbain")
    assert search_words(VOCABULARY, "inconnu") == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[theme]]\nkey = 'a'\n", "label"),
        ("[[theme]]\nlabel = 'A'\n", "key"),
        ("[[theme]]\nkey = 'À la'\nlabel = 'A'\n", "À la"),
        ("[[theme]]\nkey = 'a'\nlabel = 'A'\nalternate = ['b']\n", "alternate"),
        ("[[theme]]\nkey = 'a'\nlabel = 'A'\nalternates = 'b'\n", "alternates"),
        ("[[theme]]\nkey = 'a'\nlabel = 'A'\nslugs = [1]\n", "slugs"),
        ("[[theme]]\nkey = 'a'\nlabel = 'A'\n[[theme]]\nkey = 'b'\nlabel = 'A'\n", "b"),
        ("[[theme]]\nkey = 'a'\nlabel = 'A'\n[[theme]]\nkey = 'a'\nlabel = 'B'\n", "deux fois"),
        ("theme = 3\n", "[[theme]]"),
        ("[[themes]]\nkey = 'a'\n", "[[theme]]"),
        ("", "[[theme]]"),
        ("[[theme]\n", "TOML"),
    ],
)
def test_a_malformed_vocabulary_names_the_file_and_the_entry(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_vocabulary(path)
    assert "themes.toml" in str(caught.value)
    assert said in str(caught.value)


def test_a_vocabulary_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        load_vocabulary(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes("# é".encode("latin-1"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load_vocabulary(tmp_path / "latin.toml")
