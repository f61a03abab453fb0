"""The vocabulary of themes and what a page states."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.facts.themes import find_themes, load_vocabulary, search_words, stated_themes

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
        ("NPNRU", ["renouvellement-urbain", "npnru"]),
        ("habitat, cadre de vie", ["habitat-cadre-de-vie"]),
        ("Santé ; Culture", ["sante", "culture"]),
        ("EGALITE FEMMES-HOMMES", ["egalite-femmes-hommes"]),
        ("Conseils citoyens", ["participation-citoyenne", "conseils-citoyens"]),
        ("Quartiers prioritaires / Santé mentale", ["politique-de-la-ville", "quartiers-prioritaires", "sante", "sante-mentale"]),
        ("Participation", ["participation-citoyenne"]),
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


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ("sante/sante-mentale", ["sante", "sante-mentale"]),
        ("sante/sante-mentale-0", ["sante", "sante-mentale"]),
        ("participation-citoyenne/conseils-citoyens", ["participation-citoyenne", "conseils-citoyens"]),
        (
            "politique-de-la-ville-dsu/animation-du-reseau-chefs-de-projet-politique-de-la",
            ["politique-de-la-ville", "animation-du-reseau"],
        ),
        ("renouvellement-urbain/memoire", ["renouvellement-urbain", "culture", "memoire-des-quartiers"]),
        ("une-rubrique/npnru", ["renouvellement-urbain", "npnru"]),
    ],
)
def test_a_second_level_states_its_first_before_it_from_the_same_source(segments: str, expected: list[str]) -> None:
    assert keys((f"https://exemple.fr/thematiques/{segments}/une-page",)) == [(key, "adresse") for key in expected]


def test_a_theme_knows_its_first_level() -> None:
    first, second = stated_themes(VOCABULARY, (), (), ("Santé mentale",))
    assert (first.parent, second.parent) == (None, "sante")
    entry = VOCABULARY.entry("sante-mentale")
    assert entry is not None
    assert (entry.label, entry.parent) == ("Santé mentale", "sante")
    assert VOCABULARY.entry("inconnu") is None


def test_the_vocabulary_has_two_levels_each_first_level_followed_by_its_second() -> None:
    first = ""
    for entry in VOCABULARY.entries:
        first = entry.key if entry.parent is None else first
        assert entry.parent in (None, first)


HEADINGS = """
    participation citoyenne et conseils citoyens; santé; éducation, jeunesse, prévention, cités éducatives;
    développement économique; habitat et cadre de vie; accès aux droits; culture de l'égalité; transitions urbaine et écologique;
    radicalités sociales; gouvernance, pilotage, observation et évaluation; politique de la ville; renouvellement urbain
"""


@pytest.mark.parametrize("heading", [heading.strip() for heading in HEADINGS.split(";")])
def test_every_heading_of_the_network_is_a_theme(heading: str) -> None:
    assert len(keys(tags=(heading,))) == 1


def test_themes_come_once_in_the_vocabularys_order_with_their_first_source() -> None:
    found = keys(
        ("https://exemple.fr/thematiques/sante/x/y",), ("Accueil", "Thématiques", "Renouvellement urbain"), ("Santé", "Sport")
    )
    assert found == [("renouvellement-urbain", "fil d’Ariane"), ("sante", "adresse"), ("sport", "mots-clés")]


def test_search_words_are_label_and_alternates() -> None:
    assert "Politique de la ville" in search_words(VOCABULARY, "politique-de-la-ville")
    assert "Rénovation urbaine" in search_words(VOCABULARY, "renouvellement-urbain")
    assert "PNRU" in search_words(VOCABULARY, "npnru")
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
        ("[[theme]]\nkey = 'a'\nlabel = 'A'\ncommon = 1\n", "common"),
        ("[[theme]]\nkey = 'a'\nlabel = 'A'\nparent = 'z'\n", "« z » n’existe pas"),
        ("[[theme]]\nkey = 'a'\nlabel = 'A'\nparent = 'a'\n", "deux niveaux"),
        (
            "[[theme]]\nkey = 'a'\nlabel = 'A'\n[[theme]]\nkey = 'b'\nlabel = 'B'\nparent = 'a'\n"
            "[[theme]]\nkey = 'c'\nlabel = 'C'\nparent = 'b'\n",
            "thème « c »",
        ),
        ("ignored = 3\n[[theme]]\nkey = 'a'\nlabel = 'A'\n", "ignored"),
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


FILLER = "Le groupe a pris le temps de regarder ce que chacun avait apporté, puis il a préparé la suite avec méthode. " * 12


def found(title: str, text: str) -> list[str]:
    return [theme.key for theme in find_themes(VOCABULARY, title, text)]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Rencontre", "", []),
        ("", "Rien de tout cela.", []),
        ("Rencontre", f"{FILLER} On y a parlé de santé. {FILLER}", []),
        ("Relancer un conseil citoyen", f"Le conseil citoyen vit. {FILLER}", ["participation-citoyenne", "conseils-citoyens"]),
        ("Matinée", f"Les CLSM avancent. Un CLSM réunit des psychiatres et des élus. {FILLER} Le CLSM du pays est né en juin.",
         ["sante", "sante-mentale"]),
        ("Visite", "Politique de la ville : des élus des quartiers prioritaires. " + FILLER, []),
        ("Les contrats de ville", "Le contrat de ville fixe un cadre. " * 6 + FILLER + "Contrat de ville, politique de la ville.",
         ["politique-de-la-ville", "contrats-de-ville"]),
    ],
)  # fmt: skip
def test_themes_found_in_a_text(title: str, text: str, expected: list[str]) -> None:
    assert found(title, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le repas était près du pré, le repas était gai. " * 3,
        "Le mode d’emploi du guide, puis le mode d’emploi de la grille, enfin le mode d’emploi du site. " * 2,
        "Près de Lille ; après, près de Lens, il a fait froid. Le pré est vert. " * 4,
        "Le taux élevé indique que la hausse est indiquée. " * 4,
        "Il cherche la santé. Mentale ou non, la chose est dite. On y vient. " + FILLER,
    ],
)
def test_words_that_look_alike_are_no_evidence(text: str) -> None:
    assert found("", text) == []


def test_the_same_mentions_tell_a_short_text_but_not_a_long_one() -> None:
    said = "La médiation sociale compte. Des adultes-relais la font. La médiation sociale demande du temps. "
    assert found("", said + FILLER) == ["acces-aux-droits", "mediation-sociale"]
    assert found("", said + FILLER * 20) == []


def test_the_evidence_is_said_with_the_words_of_the_text() -> None:
    text = "Un conseil\ncitoyen naît. Les conseils citoyens votent. La participation des habitants progresse. " + FILLER
    first, second = find_themes(VOCABULARY, "Les conseils citoyens", text)
    assert first.source == "«\N{NO-BREAK SPACE}conseil citoyen\N{NO-BREAK SPACE}» 2 fois, " + (
        "«\N{NO-BREAK SPACE}participation des habitants\N{NO-BREAK SPACE}» 1 fois, dans le titre"
    )
    assert second.source == "«\N{NO-BREAK SPACE}conseil citoyen\N{NO-BREAK SPACE}» 2 fois, dans le titre"
    assert {theme.certainty for theme in (first, second)} == {"inferred"}
    assert (first.parent, second.parent) == (None, "participation-citoyenne")


def test_at_most_four_first_levels_are_found() -> None:
    words = "laïcité sport mémoire santé médecin logement bailleur insertion chômage délinquance théâtre racisme bénévole compost"
    assert len([key for key in found("", f"{words} " * 4) if not (entry := VOCABULARY.entry(key)) or not entry.parent]) <= 4


def test_an_acronym_of_the_vocabulary_is_read_in_capitals_only(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_text("[[theme]]\nkey = 'pre'\nlabel = 'Programme'\nwords = ['PRE']\n", encoding="utf-8")
    vocabulary = load_vocabulary(path)
    assert [theme.key for theme in find_themes(vocabulary, "", "Le PRE et le PRE du PRE")] == ["pre"]
    assert find_themes(vocabulary, "", "Le pré et le près du pré") == ()


def test_a_text_of_a_million_characters_is_read_in_linear_time() -> None:
    text = (FILLER + "Le conseil citoyen et la santé mentale. ") * 900
    start = time.process_time()
    find_themes(VOCABULARY, "Titre", text)
    assert time.process_time() - start < 3 * len(text) / 1_000_000
