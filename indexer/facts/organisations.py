"""By whom? The bodies named in the value of a label such as "Organisé par" or "Avec la participation de"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from indexer.facts.organisation_words import is_body, start_of, without_article, without_preposition
from indexer.facts.plain import plain, tidy

_MAX_FIELD = 5_000
"""Characters of a value that are read: a longer one is prose gone astray."""
_LONGEST = 160
"""Characters of the longest name; what is longer is prose."""
_BULLET = re.compile(r"^\s*(?:[-–—•·▪*►→]+|\d{1,2}[.)])\s+")
_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\(\s*(?:a confirmer|sous reserve[^)]*|a preciser)\s*\)")
_LABEL = re.compile(
    r"^(?:pilotes?|chefs? de file|(?:co-?)?organisat(?:eur|rice)s?|partenaires?|financeurs?|animation|participants?"
    r"|(?:services de )?l?'?etat)\s*:\s*"
)
_BETWEEN = re.compile(
    r"\s*(?:[;|•·▪]|(?<!\d)(?<!et)/(?!\d)|\s\+\s)\s*"
    r"|,\s+(?:co-?)?(?:anime|organise|coordonne|pilote|porte)e?s? par\s+"
    r"|,?\s+(?:ainsi qu(?:e\s|')|en (?:partenariat|lien|collaboration|cooperation|association|concertation)(?: etroite?)? avec\s"
    r"|(?:avec|sous|grace a) (?:l'(?:appui|aide|egide)|le (?:soutien|concours)|la (?:participation|contribution)) (?=d[eu']))"
)
_DASH = re.compile(r"\s[-–—]\s")
_COMMA_OR_AND = re.compile(r"\s*,\s*(?:(?:et|puis|avec)\s+)?|\s+(?:et|&)\s+")


class _Piece(NamedTuple):
    """Words of a value and the separator before them, as written."""

    before: str
    text: str


def split_organisations(value: str) -> tuple[str, ...]:
    """The bodies that a value names, as it writes them, without leading articles; each once.

    Lines, bullets, semicolons, slashes and words such as "en partenariat avec" always part; commas, dashes and "et" only before
    what begins like a body (its noun, an acronym, a capital). Left out: persons, when a title (M., Mme) or a function
    ("sociologue") marks them, with what is said of them; people in general; towns and addresses; descriptions after a name.
    """
    names = [name for line in tidy(value)[:_MAX_FIELD].splitlines() for part in _parts(line) for name in _names(part)]
    return tuple(dict.fromkeys(names))


def _parts(line: str) -> Iterator[str]:
    """What is parted by itself: whatever the words on either side."""
    for text in _split(_BETWEEN, _without(_NOISE, _BULLET.sub("", line))):
        label = _LABEL.match(plain(text))
        yield from _undashed(text[label.end() if label else 0 :])


def _without(pattern: re.Pattern[str], text: str) -> str:
    for match in reversed(list(pattern.finditer(plain(text)))):
        text = text[: match.start()] + text[match.end() :]
    return text


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    return [piece.text for piece in _pieces(pattern, text)]


def _pieces(pattern: re.Pattern[str], text: str) -> list[_Piece]:
    """A text parted at what `pattern` finds outside brackets and quotation marks."""
    folded, pieces, start, before = plain(text), [], 0, ""
    for match in pattern.finditer(folded):
        if _open(text[: match.start()]):
            continue
        pieces.append(_Piece(before, text[start : match.start()]))
        start, before = match.end(), text[match.start() : match.end()]
    return [*pieces, _Piece(before, text[start:])]


def _open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("«") > text.count("»")


def _undashed(text: str) -> list[str]:
    """Dashes part a list of three, or two bodies; otherwise they belong to one name ("CAF – service parentalité")."""
    pieces = _split(_DASH, text)
    kept = [piece for piece in pieces if start_of(piece).kind != "place"]
    bodies = [piece for piece in kept if is_body(without_article(piece))]
    expansion = len(kept) == 2 and any(_initials(one, other) for one, other in (kept, reversed(kept)))
    if len(kept) < 2 or (len(bodies) == len(kept) and not expansion) or (len(kept) > 2 and len(bodies) > 1):
        return kept
    return [text]


def _initials(acronym: str, name: str) -> bool:
    """Whether an acronym is made of a name's initials, small words counted or not ("IREV – Institut régional de la ville")."""
    acronym = plain(without_article(acronym)).strip()
    words = [word[0] for word in re.findall(r"[^\W_]+", plain(without_article(name)))]
    rest = iter(words)
    return (
        " " not in acronym
        and len(acronym) > 1
        and words[:1] == [acronym[0]]
        and sum(char in rest for char in acronym) > len(acronym) // 2
    )


def _names(part: str) -> list[str]:
    """The bodies of a part, in which commas and "et" may part or not."""
    tied = without_preposition(part) != part
    names: list[str] = []
    listed, left_out = False, False
    for piece in _pieces(_COMMA_OR_AND, part):
        text = without_preposition(piece.text) if tied else piece.text
        match _reading(piece.before, text, names[-1] if names else "", listed and not left_out):
            case "new":
                names.append(text)
                listed, left_out = listed or "," in piece.before, False
            case "more" if not left_out:
                names[-1] += piece.before + piece.text
            case "out":
                left_out = True
            case "out with its name":
                names, left_out = names[:-1], True
    return [tidied for name in names if (tidied := _tidied(name))]


def _reading(before: str, text: str, previous: str, listed: bool) -> Literal["new", "more", "out", "out with its name"]:
    """What a piece is: a new body, more of the previous one, or to be left out. `listed`: commas have parted bodies before it."""
    kind, article, plural = start_of(text)
    comma, parts = "," in before, "," in before or article or listed
    if kind == "person" or (not before and kind in ("role", "people", "place")):
        return "out"
    if not before or (kind == "body" and (parts or not plural)) or (kind == "name" and parts):
        return "new"
    if kind == "role" and comma and not is_body(without_article(previous)):
        return "out with its name"
    if (kind in ("role", "people") and parts) or (kind in ("place", "aside") and comma):
        return "out"
    return "new" if comma and kind == "rest" and _after_a_word(previous, text) else "more"


def _after_a_word(previous: str, text: str) -> bool:
    """Whether a piece without capital cannot go on with what stands before it, a word alone ("CAF, pompiers")."""
    return re.fullmatch(r"[\w-]+", previous.strip()) is not None and without_preposition(text) == text


def _tidied(name: str) -> str:
    """A name without article and punctuation around it; nothing for what is no name."""
    name = without_article(name.strip(" ,;:.…–—-•"))
    return name if len(name) <= _LONGEST and re.search(r"[^\W\d_]{2}", name) else ""
