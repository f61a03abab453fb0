"""The query language: what each form means, what is said of what was left out, and that printing and parsing agree."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from indexer.notices import SENTENCES, Notice, sentence
from indexer.query import FIELDS, And, Field, Must, Node, Not, Or, Prefix, Words, leaves
from indexer.query_lexer import MAX_DEPTH, MAX_LENGTH
from indexer.query_parser import MAX_CLAUSES, parse
from indexer.query_printer import print_query
from indexer.query_words import cut, exact


def word(text: str, field: Field = "texte") -> Words:
    (words,) = cut(text, field)
    return words


def phrase(text: str, field: Field = "texte") -> Words:
    words = exact(text, field)
    assert words is not None
    return words


def day(text: str) -> Words:
    return Words(text, field="date")


VILLE, CONTRAT, BILAN, PROJET = word("ville"), word("contrat"), word("bilan"), word("projet")


def codes(query: str) -> list[str]:
    return [notice.code for notice in parse(query).notices]


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("", ()),
        ("ville projet", (VILLE, PROJET)),
        ("le contrat de la ville", (CONTRAT, VILLE)),
        ("l’emploi", (word("emploi"),)),
        ("e\u0301valuation", (word("évaluation"),)),
        ("Mons-en-Barœul", (word("Mons-en-Barœul"),)),
        ("l’arc-en-ciel", (word("arc-en-ciel"),)),
        ("14:30", (word("14:30"),)),
        ("réf:12", (word("réf:12"),)),
        ("http://exemple.fr/a", (word("http://exemple.fr"),)),
        ("ville, projet ; bilan ?", (VILLE, PROJET, BILAN)),
        ("ville\x00projet\u202ebilan\ud800", (VILLE, PROJET, BILAN)),
    ],
)
def test_words_are_evidence_side_by_side(query: str, nodes: tuple[Node, ...]) -> None:
    assert parse(query).tree == And(nodes)
    assert codes(query) == []


@pytest.mark.parametrize(
    "query", ['"chefs de projet"', "«\u00a0chefs de projet\u00a0»", "“chefs de projet”", "„chefs de projet”"]
)
def test_all_quotation_marks_make_a_phrase_with_its_stop_words(query: str) -> None:
    (node,) = parse(query).tree.nodes
    assert isinstance(node, Words)
    assert (node.text, node.quoted, [token.form for token in node.tokens]) == ("chefs de projet", True, ["chefs", "de", "projet"])


def test_a_quoted_word_is_meant_exactly() -> None:
    assert parse('"ville" "la" ville').tree == And((phrase("ville"), phrase("la"), VILLE))


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("ville -bilan", (VILLE, Not(BILAN))),
        ("-bilan", (Not(BILAN),)),
        ('-"contrat de ville"', (Not(phrase("contrat de ville")),)),
        ("+ville bilan", (Must(VILLE), BILAN)),
        ("+le -la projet", (Must(phrase("le")), Not(phrase("la")), PROJET)),
        ("ville NOT bilan", (VILLE, Not(BILAN))),
        ("ville SAUF (bilan projet)", (VILLE, Not(And((BILAN, PROJET))))),
        ("ville AND bilan projet", (Must(VILLE), Must(BILAN), PROJET)),
        ("ville ET NOT bilan", (Must(VILLE), Not(BILAN))),
        ("-(-ville) projet", (Must(VILLE), PROJET)),
        ("Nord(ville)-projet", (word("Nord"), VILLE, PROJET)),
    ],
)
def test_what_is_required_and_what_is_excluded(query: str, nodes: tuple[Node, ...]) -> None:
    assert parse(query).tree == And(nodes)
    assert codes(query) == []


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("ville OR bilan", (Or((VILLE, BILAN)),)),
        ("ville OU bilan", (Or((VILLE, BILAN)),)),
        ("projet ville OR bilan contrat", (PROJET, Or((VILLE, BILAN)), CONTRAT)),
        ("ville OR la commune", (Or((VILLE, word("commune"))),)),
        ("projet AND ville OR bilan", (Must(PROJET), Must(Or((VILLE, BILAN))))),
        ("ville OR -bilan", (Or((VILLE, Not(BILAN))),)),
        ("ville OR (bilan OR projet)", (Or((VILLE, BILAN, PROJET)),)),
        ("(contrat OR bilan) -projet", (Or((CONTRAT, BILAN)), Not(PROJET))),
        ("(contrat bilan) OR ville", (Or((And((CONTRAT, BILAN)), VILLE)),)),
        ("(contrat ET bilan) OR ville", (Or((And((CONTRAT, BILAN)), VILLE)),)),
        ("contrat (ville projet)", (CONTRAT, And((VILLE, PROJET)))),
        ("contrat ((ville projet) bilan)", (CONTRAT, And((VILLE, PROJET, BILAN)))),
        ("+(contrat OR bilan)", (Must(Or((CONTRAT, BILAN))),)),
        ("-(contrat bilan)", (Not(And((CONTRAT, BILAN))),)),
    ],
)
def test_or_binds_tighter_than_words_side_by_side(query: str, nodes: tuple[Node, ...]) -> None:
    assert parse(query).tree == And(nodes)
    assert codes(query) == []


@pytest.mark.parametrize("query", ["(contrat ville)", "((contrat ville))", "(contrat) (ville)", "( contrat ville )"])
def test_parentheses_around_everything_say_nothing(query: str) -> None:
    assert parse(query).tree == parse("contrat ville").tree


def test_required_words_stay_so_between_parentheses_around_everything() -> None:
    assert parse("(contrat AND ville)").tree == And((Must(CONTRAT), Must(VILLE)))


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("SANTÉ ET LOGEMENT", (word("SANTÉ"), word("LOGEMENT"))),
        ("OU LOGER", (word("LOGER"),)),
        ("TOUS SAUF UN", (word("TOUS"), word("SAUF"))),
        ("santé ET logement", (Must(word("santé")), Must(word("logement")))),
        ("QPV ET logement", (Must(word("QPV")), Must(word("logement")))),
        ("QPV OR ANRU", (Or((word("QPV"), word("ANRU"))),)),
        ("2016 OU 2017", (Or((word("2016"), word("2017"))),)),
        ('"QPV" OU ANRU', (Or((phrase("QPV"), word("ANRU"))),)),
        ("LIEU:LILLE OU ANRU", (Or((word("LILLE", "lieu"), word("ANRU"))),)),
        ("NOT", (word("NOT"),)),
        ("ville et projet", (VILLE, PROJET)),
        ("+OU ville", (Must(word("OU")), VILLE)),
    ],
)
def test_capitals_are_operators_when_they_must_be_meant(query: str, nodes: tuple[Node, ...]) -> None:
    assert parse(query).tree == And(nodes)


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("lieu:Noyon", (word("Noyon", "lieu"),)),
        ("THÈME:santé Théme:santé", (word("santé", "theme"), word("santé", "theme"))),
        ('titre:"contrat de ville"', (phrase("contrat de ville", "titre"),)),
        ("titre:discrim*", (Prefix("discrim*", "discrim", "titre"),)),
        ("-lieu:Noyon +titre:bilan", (Not(word("Noyon", "lieu")), Must(word("bilan", "titre")))),
        ("titre:(contrat OR bilan) ville", (Or((word("contrat", "titre"), word("bilan", "titre"))), VILLE)),
        ("titre:(contrat lieu:Noyon) ville", (And((word("contrat", "titre"), word("Noyon", "lieu"))), VILLE)),
        ("lieu:Le Mans", (phrase("Le", "lieu"), word("Mans"))),
        ("date:2017 date:05/2017 date:11/05/2017", (day("2017"), day("2017-05"), day("2017-05-11"))),
        ("date:(2016 OR 2017)", (Or((day("2016"), day("2017"))),)),
        ('-date:"2017"', (Not(day("2017")),)),
        ("date:2017, ville", (day("2017"), VILLE)),
    ],
)
def test_fields(query: str, nodes: tuple[Node, ...]) -> None:
    assert parse(query).tree == And(nodes)
    assert codes(query) == []


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("discrim*", (Prefix("discrim*", "discrim"),)),
        ("Évalu*", (Prefix("Évalu*", "evalu"),)),
        ("l’innov*", (Prefix("innov*", "innov"),)),
        ("ville -proj*", (VILLE, Not(Prefix("proj*", "proj")))),
        ("ville Mons-en-Bar*", (VILLE, And((word("Mons"), Prefix("Bar*", "bar"))))),
        ("discrim*, ville", (Prefix("discrim*", "discrim"), VILLE)),
    ],
)
def test_prefixes(query: str, nodes: tuple[Node, ...]) -> None:
    assert parse(query).tree == And(nodes)
    assert codes(query) == []


@pytest.mark.parametrize("query", ["à la", "  à  la ", "à la ?", "(à la)"])
def test_nothing_but_stop_words_is_searched_exactly(query: str) -> None:
    parsed = parse(query)
    assert parsed.tree == And((phrase("à la"),))
    assert parsed.notices == (Notice("only_stop_words", ("à la",)),)


@pytest.mark.parametrize(
    ("query", "nodes", "code", "words"),
    [
        ("auteur:dupont", (word("auteur"), word("dupont")), "unknown_field", ("auteur:",)),
        ('auteur:"jean dupont"', (word("auteur"), phrase("jean dupont")), "unknown_field", ("auteur:",)),
        ("-auteur:dupont", (Not(word("dupont")),), "syntax", ("auteur:",)),
        ("ville date:hier", (VILLE,), "bad_date", ("hier",)),
        ("ville date:2017-02-30", (VILLE,), "bad_date", ("2017-02-30",)),
        ("ville titre:", (VILLE,), "syntax", ("titre:",)),
        ("Titre: ville", (VILLE,), "syntax", ("Titre:",)),
        ("titre:-ville", (word("ville", "titre"),), "syntax", ("-",)),
        ("titre:) ville", (VILLE,), "syntax", ("titre:", ")")),
        ('ville "projet bilan', (VILLE, PROJET, BILAN), "syntax", ('"',)),
        ('"ville" "projet bilan', (phrase("ville"), PROJET, BILAN), "syntax", ('"',)),
        ('ville ""', (VILLE,), "syntax", ('""',)),
        ("ville) projet", (VILLE, PROJET), "syntax", (")",)),
        ("ville -(projet bilan", (VILLE, Not(And((PROJET, BILAN)))), "unclosed", ("(",)),
        ("ville ()", (VILLE,), "syntax", ("()",)),
        ("- ville", (VILLE,), "syntax", ("-",)),
        ("--ville", (VILLE,), "syntax", ("--",)),
        ("+-ville", (VILLE,), "syntax", ("+-",)),
        ("+", (), "syntax", ("+",)),
        ("ville +", (VILLE,), "syntax", ("+",)),
        ("ville NOT", (VILLE,), "syntax", ("NOT",)),
        ("OR ville", (VILLE,), "syntax", ("OR",)),
        ("ville OR OR projet", (Or((VILLE, PROJET)),), "syntax", ("OR",)),
        ("ville AND", (VILLE,), "syntax", ("AND",)),
        ("le OR ville", (VILLE,), "stop_words", ("le",)),
        ("ville OR le", (VILLE,), "stop_words", ("le",)),
        ("+ville OR projet", (Or((VILLE, PROJET)),), "syntax", ("+",)),
        ('"ville*"', (phrase("ville"),), "syntax", ("*",)),
        ("ville *", (VILLE,), "syntax", ("*",)),
        ("ville a*", (VILLE,), "syntax", ("a*",)),
        ("*ville", (VILLE,), "syntax", ("*ville",)),
        ("dis*ion", (word("dis-ion"),), "syntax", ("dis*ion",)),
        ("Mons-en-B*", (word("Mons-en-B"),), "syntax", ("Mons-en-B*",)),
        ("🎉 ville", (VILLE,), "syntax", ("🎉",)),
        ("?!", (), "syntax", ("?!",)),
    ],
)
def test_what_is_ignored_is_said(query: str, nodes: tuple[Node, ...], code: str, words: tuple[str, ...]) -> None:
    parsed = parse(query)
    assert parsed.tree == And(nodes)
    assert parsed.notices == (Notice(code, words),)


def test_the_terms_read_are_bounded() -> None:
    parsed = parse(" OR ".join(f"mot{number}" for number in range(300)))
    (node,) = parsed.tree.nodes
    assert isinstance(node, Or)
    assert len(node.nodes) == MAX_CLAUSES
    assert parsed.notices == (Notice("too_long", ("mot49",)),)


def test_the_characters_read_are_bounded_and_no_word_is_cut() -> None:
    parsed = parse("le " * (MAX_LENGTH // 3 - 2) + "entier coupé-en-deux")
    assert parsed.tree == And((word("entier"),))
    assert parsed.notices == (Notice("too_long", ("entier",)),)
    assert len(print_query(parse("x" * 10_000).tree)) == MAX_LENGTH


def test_deep_parentheses_are_left_out_but_not_their_words() -> None:
    parsed = parse("ville (" * 12 + "projet")
    assert len(list(leaves(parsed.tree))) == 13
    assert parsed.notices == (Notice("syntax", ("(",)), Notice("unclosed", ("(",)))
    assert parse("(" * MAX_DEPTH + "ville projet").tree == And((VILLE, PROJET))
    assert parse("(" * 499 + "ville" + ")" * 499).tree == And((VILLE,))


def test_negated_words_are_not_leaves() -> None:
    tree = parse("ville -quartier emploi OR (santé -projet) +bilan").tree
    assert [leaf.text for leaf in leaves(tree)] == ["ville", "emploi", "santé", "bilan"]


def test_words_begin_at_their_first_token() -> None:
    _, words = parse("ville de Mons-en-Barœul").tree.nodes
    assert isinstance(words, Words)
    assert [(token.position, words.text[token.start : token.end]) for token in words.tokens] == [
        (0, "Mons"),
        (0, "Mons-en-Barœul"),
        (1, "en"),
        (2, "Barœul"),
    ]


def test_a_name_of_several_words_is_one_thing() -> None:
    name, job = parse("seine saint denis emploi").tree.nodes
    assert isinstance(name, Words)
    assert isinstance(job, Words)
    assert (name.text, job.text) == ("seine saint denis", "emploi")


def test_a_word_cut_by_a_soft_hyphen_keeps_its_whole_spelling() -> None:
    (words,) = parse("porte\u00advoix").tree.nodes
    assert isinstance(words, Words)
    assert [token.form for token in words.tokens if token.variant] == ["portevoix"]


@pytest.mark.parametrize("code", SENTENCES)
def test_every_notice_is_a_french_sentence(code: str) -> None:
    said = sentence(Notice(code, ("12",)))
    assert said[0].isupper()
    assert said.endswith(".")
    assert "{" not in said
    assert " »" not in said.replace("\u00a0»", "")


PLAIN = st.sampled_from(
    """
    ville Projets été a la l’emploi Mons-en-Barœul Le Mans SANTÉ EST QPV 2017 14:30 réf:12 Saint-Denis Saint Denis Seine est
    AURA professionnel·les chef·fe délégué.e.s d’date:12 'titre:x porte\u00advoix OU ET SAUF NOT OR 1er n° œuvre C++ 🎉 ? , -
    """.split()
)
STARRED = st.sampled_from("discrim* a* * l’innov* Mons-en-Bar* *mot m*t œu*".split())
SIGNS = st.sampled_from(["", "", "", "+", "-", "--", "NOT "])
NAMES = st.sampled_from(["", "", "", *(f"{name}:" for name in FIELDS), "auteur:"])
JOINTS = st.sampled_from([" ", " ", " ", " OR ", " OU ", " AND ", ", ", ""])


@st.composite
def side_by_side(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    pieces = draw(st.lists(st.tuples(SIGNS, NAMES, inner, JOINTS), min_size=1, max_size=5))
    return "".join(map("".join, pieces))


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(side_by_side(inner), side_by_side(inner).map(lambda text: f"({text})"))


QUOTED = st.lists(PLAIN, max_size=4).map(lambda words: f'"{" ".join(words)}"')
QUERIES = st.recursive(st.one_of(PLAIN, STARRED, QUOTED), around, max_leaves=20)
NOISE = st.text(st.one_of(st.sampled_from(" ()\"«»*+-:,'’\u00ad\u00a0\x00aeéLORSUT12"), st.characters()), max_size=60)


@settings(deadline=None, max_examples=200)
@given(st.one_of(QUERIES, NOISE))
@example("TOUS +LE SAUF MANS")
@example("Saint * Denis")
@example("theme:*mot-ville")
@example("(" * 9 + "Mons-en-Bar*")
def test_printing_and_parsing_agree(query: str) -> None:
    tree = parse(query).tree
    printed = print_query(tree)
    assume(len(printed) <= MAX_LENGTH)
    assert parse(printed).tree == tree


@settings(deadline=None, max_examples=200)
@given(st.one_of(NOISE, QUERIES, st.text(max_size=3_000)))
def test_any_text_is_a_query_of_bounded_size(query: str) -> None:
    parsed = parse(query)
    assert sum(1 for _ in leaves(parsed.tree)) <= MAX_CLAUSES
    assert all(sentence(notice) for notice in parsed.notices)
