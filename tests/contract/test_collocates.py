"""The words near an expression: counts equal to a count by hand, word by word."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine.contract import NEAR, Request
from tests.contract.conftest import NO_FACTS, NOYON, Shelf

WORDS = ("quartier", "ville", "conseil", "citoyen", "jeunes", "de", "santé", "le")
STOP = ("de", "le")
NODES = st.sampled_from((["ville"], ["conseil", "citoyen"]))
FILES = st.lists(st.lists(st.sampled_from(WORDS), max_size=40), min_size=1, max_size=3)


def near_by_hand(words: list[str], node: list[str]) -> list[int]:
    """The places of a file near an occurrence of the node and in none."""
    starts = [at for at in range(len(words)) if words[at : at + len(node)] == node]
    inside = {at + n for at in starts for n in range(len(node))}
    around = {place for at in starts for place in range(at - NEAR, at + len(node) + NEAR)}
    return sorted(place for place in around - inside if 0 <= place < len(words))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    dossiers=st.lists(FILES, min_size=1, max_size=8),
    node=st.sampled_from((["ville"], ["conseil", "citoyen"])),
    cut=st.integers(0, 8),
)
def test_counts_are_those_of_a_count_by_hand(shelf: Shelf, dossiers: list[list[list[str]]], node: list[str], cut: int) -> None:
    made = [
        shelf.dossier(f"d{number}", " ".join(page), tuple((" ".join(pdf),) for pdf in pdfs), title="Ville", places=(NOYON,))
        for number, (page, *pdfs) in enumerate(dossiers)
    ]
    engine = shelf.fill(*made[:cut])
    engine.update(made[cut:], [], NO_FACTS)  # several segments
    found = engine.collocates(Request(" ".join(node)), least=1)
    everywhere = Counter(word for files in dossiers for words in files for word in words)
    nearby, having, size = Counter[str](), Counter[str](), 0
    for files in dossiers:
        words = [file[place] for file in files for place in near_by_hand(file, node)]
        size += len(words)
        nearby.update(words)
        having.update(set(words))
    assert (found.words_here, found.words_there) == (size, everywhere.total() - size)
    assert found.dossiers_there == len(dossiers)
    for one in found.keywords:
        assert one.word not in STOP
        assert (one.here, one.here + one.there, one.dossiers) == (nearby[one.word], everywhere[one.word], having[one.word])
    rest = everywhere.total() - size
    frequent = {word for word in nearby if nearby[word] * rest > (everywhere[word] - nearby[word]) * size}
    assert {one.word for one in found.keywords} == frequent - set(STOP)


def test_filters_say_which_texts_count(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("a", "Le conseil citoyen du quartier.", places=(NOYON,)), shelf.dossier("b", "Conseil municipal, ville.")
    )
    found = engine.collocates(Request("conseil", filters={"lieu": ("noyon",)}), least=1)
    assert (found.dossiers_here, found.dossiers_there, found.words_here, found.words_there) == (1, 1, 4, 1)


def test_words_that_stand_nowhere_and_what_is_no_word_have_nothing_near_them(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", "Le conseil citoyen."))
    for query in ("introuvable", "", "((", "+", "theme:rien"):
        assert engine.collocates(Request(query), least=1).keywords == ()
