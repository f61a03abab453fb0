"""A title for what has none: from the address, the first sentence or a file name, always marked as derived."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from indexer.facts.themes import SECTION
from indexer.folding import fold
from indexer.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"\b([cdjlmnst]|qu)[’']([^\W_]+)", re.I)
_ELISION = re.compile(r"\b([cdjlmnst]|qu) (?=[aeiouyhéèêàâîôûœ])", re.I)
_EXTENSION = re.compile(r"\.(?:x?html?|php\d?|aspx?)$", re.I)
MAX_LENGTH = 120


def derive_title(text: str, addresses: Iterable[str], file_names: Iterable[str]) -> str:
    """The best title that the address, else the first sentence, else the file names give. Never empty if one has words."""
    for address in addresses:
        for segment in reversed(_own_segments(address)):
            words = _slug_words(segment)
            if len(words) >= 3:
                return _sentence_case(_complete(words, text))
    return first_sentence(text) or next((title for name in file_names if (title := title_of_file(name))), "Sans titre")


def first_sentence(text: str) -> str:
    """The first sentence of a text, cut at a word if it is long."""
    sentence = re.split(r"(?<=[.!?…])(?<!\bM\.)(?<!\bMM\.)(?<!\bDr\.)\s|\n", text.strip(), maxsplit=1)[0].strip()
    if len(sentence) <= MAX_LENGTH:
        return sentence
    return sentence[: sentence.rfind(" ", 0, MAX_LENGTH)].rstrip(" ,;:") + "…"


def title_of_file(name: str) -> str:
    """A file name as words: "compte-rendu_reseau_2019.pdf" → "Compte rendu reseau 2019"."""
    return _sentence_case(" ".join(_WORD.findall(PurePosixPath(unquote(name)).stem)))


def _own_segments(address: str) -> list[str]:
    """The segments of an address that may name the page: not its first, nor the theme."""
    segments = _EXTENSION.sub("", urlsplit(address).path.strip("/")).split("/")
    return segments[segments.index(SECTION) + 2 :] if SECTION in segments else segments[1:]


def _slug_words(segment: str) -> list[str]:
    """The words of an address segment without the number of a collision ("reseau-3")."""
    words = _WORD.findall(unquote(segment))
    return words[:-1] if words and re.fullmatch(r"\d{1,2}", words[-1]) else words


def _complete(words: list[str], text: str) -> str:
    """Slug words as the text writes them; a slug cut after a small word is ended as the text goes on."""
    body = _WORD.findall(text)
    folded = [fold(word) for word in body]
    if fold(words[-1]) in STOP_WORDS:
        words = words + _following([fold(word) for word in words[-3:]], folded)
    while words and fold(words[-1]) in STOP_WORDS:
        words = words[:-1]
    written = _spellings(zip(folded, body, strict=True)) | _spellings(_elided(text))
    written |= {form: word.lower() for form, word in written.items() if form in STOP_WORDS}
    return _ELISION.sub(r"\1’", " ".join(written.get(fold(word), word) for word in words))


def _spellings(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By folded form, the way a text writes it most."""
    counts: dict[str, Counter[str]] = {}
    for form, word in pairs:
        counts.setdefault(form, Counter())[word] += 1
    return {form: words.most_common(1)[0][0] for form, words in counts.items()}


def _elided(text: str) -> Iterator[tuple[str, str]]:
    """Elided words as slugs glue them: ("levaluation", "l’évaluation")."""
    for match in _ELIDED.finditer(text):
        yield fold(match[1] + match[2]), f"{match[1].lower()}’{match[2]}"


def _following(tail: list[str], folded: list[str]) -> list[str]:
    size = len(tail)
    found = Counter(folded[i + size] for i in range(len(folded) - size) if folded[i : i + size] == tail)
    return [found.most_common(1)[0][0]] if found else []


def _sentence_case(title: str) -> str:
    return title[:1].upper() + title[1:]
