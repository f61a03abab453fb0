"""The grammar of place fields: from the words of one value to places that are known, never guessed.

value  := area ":" towns | anchor+ | names
anchor := postal code and commune ("60400 NOYON (salle bleuet)") | commune and "(" département ")" ("Saintes (17)")
names  := communes, départements, régions and EPCI, alone or among the segments of an address
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer import geography
from indexer.geography import Commune, Departement
from indexer.model import Place
from indexer.place_words import is_abroad, reads_as_town, town_case, trim
from indexer.plain import plain

_POSTCODE = re.compile(r"(?<![\w-])(?:F[- ])?(\d{5}|\d{2} \d{3}(?= [A-ZÀ-Ý]))(?![\d-])")
_BRACKETS = re.compile(r"\(([^()]{1,40})\)")
_AREA = re.compile(r"^(?:dans |en |sur )?(?P<area>[^:(]{2,60}?)\s*(?:\((?P<code>\w{2,3})\))?\s*:\s*(?P<towns>.+)$", re.IGNORECASE)
_LISTS = re.compile(r"\s*[,;/&]\s*|\s+et\s+|\s+[_–—-]\s+|\s+puis\s+")
_JOINED = re.compile(r"\s*[/&]\s*|\s+(?:et|puis)\s+|\s+_\s+")
_SEGMENTS = re.compile(r"\s*[,;/()]\s*|\s+[–—_-]\s+")
_TOWN_ENDS = re.compile(r"\s*[,;()\n/|:&+]|\s+[–—_-](?:\s|$)|\s+cedex\b|\s+\d|\s+(?:et|puis|ou)\s|$", re.IGNORECASE)
_BEFORE_TOWN = re.compile(
    r"^(?:(?:a|au|aux|en|dans|sur|chez)\s+)?(?:(?:la\s+|le\s+|l')?(?:ville|commune|mairie|hotel de ville|centre-ville)\s+"
    r"(?:de\s+la\s+|de\s+l'|du\s+|des\s+|de\s+|d')?)?"
)
_BEFORE_AREA = re.compile(
    r"^(?:(?:dans|en|a|au|sur|tout|toute)\s+)*(?:(?:la |le |l'|les )?(?:departement|region|prefecture|conseil departemental|conseil"
    r" regional)\s+)?(?:de la |de l'|du |des |de |d'|la |le |l'|les )?"
)
_ARTICLE = re.compile(r"^(?:dans|en|sur|departement|la|le|l'|les)\b")
_DISTRICT = re.compile(r"^(paris|lyon|marseille)\s+(?:\d{1,2}|[ivx]+)\s?(?:er|eme|e)?(?:\s+arr(?:ondissement|t)?\.?)?$")
_NOT_A_TOWN = frozenset(
    [
        "salle",
        "salles",
        "centre",
        "maison",
        "maisons",
        "mairie",
        "port",
        "parc",
        "theatre",
        "campus",
        "gare",
        "source",
        "espace",
        "lieu",
        "cite",
        "halle",
        "la",
        "salle",
        "le",
        "port",
        "le",
        "parc",
    ]
)


def read_value(text: str) -> list[Place]:
    """The places that one value names for certain; none when it names none. `source` holds the words of each."""
    parts = _JOINED.split(text)
    if is_abroad(text):
        if len(parts) > 1:
            places = [place for part in parts for place in read_value(part)]
            if any(place.kind != "abroad" for place in places):
                return places
        return [Place("abroad", text)]
    return _area_list(text) or _anchored(text) or _named(text)


def _area_list(text: str) -> list[Place]:
    """ "Dans l’Oise (60) : Beauvais _ Montataire"."""
    match = _AREA.match(text)
    if match is None:
        return []
    area = (geography.departement_of(match["code"]) if match["code"] else None) or _departement(match["area"])
    region = _region(match["area"])
    if area is None and region is None:
        return []
    towns = [trim(town) for town in _LISTS.split(match["towns"])]
    found = (_town(town, area) if area else _town_of_region(town, region or "") for town in towns if town)
    places = [place for place in found if place]
    return places or ([_departement_place(area, text)] if area else [Place("region", text, region=region)])


def _anchored(text: str) -> list[Place]:
    """The places of postal codes and of départements between brackets, and of the towns listed beside them."""
    places: list[Place] = []
    begin = 0
    for anchor in _anchors(text):
        if anchor.start() < begin:
            continue
        by_postcode = anchor.re is _POSTCODE
        read = _at_postcode(text, begin, anchor) if by_postcode else _before_brackets(text, begin, anchor)
        if read is None:
            continue
        place, start, end = read
        places += _beside(text[begin:start])
        places.append(place)
        begin = end
    return [*places, *_beside(text[begin:])] if places else []


def _anchors(text: str) -> list[re.Match[str]]:
    found = [*_POSTCODE.finditer(text), *(match for match in _BRACKETS.finditer(text) if _departement_in(match[1]))]
    return sorted(found, key=lambda match: match.start())


def _beside(words: str) -> Iterator[Place]:
    """Towns listed with "et", "/" or "_" beside an anchored one: only those known for certain."""
    if _JOINED.search(f" {words.strip()} ") and not any(character.isdigit() for character in words):
        for name in _JOINED.split(words):
            place = _commune_alone(trim(name))
            if place:
                yield place


def _at_postcode(text: str, begin: int, anchor: re.Match[str]) -> tuple[Place, int, int] | None:
    """The place of a postal code: the commune behind it, else before it, else the only one it serves, else its département."""
    postcode = anchor[1].replace(" ", "")
    departement = geography.departement_of(postcode)
    if departement is None:
        return None
    ends = _TOWN_ENDS.search(text, anchor.end() + 1)
    behind = text[anchor.end() : ends.start() if ends else len(text)].strip(" .-–")
    end = anchor.end() + len(text[anchor.end() :]) - len(text[anchor.end() :].lstrip(" .-–")) + len(behind)
    before = trim(_SEGMENTS.split(text[begin : anchor.start()].rstrip(" ,(-–"))[-1])
    commune = _longest(behind, postcode, departement, from_start=True)
    if commune is None and not behind:
        commune = _longest(before, postcode, departement, from_start=False)
    if commune is None and behind:
        town = re.split(r"\s+(?=[a-z]{4,})", behind)[0]
        if reads_as_town(town):
            return Place("commune", text, town_case(town), None, postcode, None, *_area(departement)), anchor.start(), end
    if commune is None and not behind and len(served := geography.communes_at(postcode)) == 1:
        commune = served[0]
    if commune is None:
        return replace(_departement_place(departement, text), postcode=postcode), anchor.start(), end
    return replace(_commune_place(commune, text), postcode=postcode), anchor.start(), end


def _longest(words: str, postcode: str, departement: Departement, *, from_start: bool) -> Commune | None:
    """The commune that the most first (or last) words name, of that postal code if there is one, else of that département."""
    said = words.split()
    for size in range(min(len(said), 8), 0, -1):
        name = " ".join(said[:size] if from_start else said[-size:])
        found = geography.communes_named(_bare(name))
        of_code = [commune for commune in found if postcode in commune.postcodes]
        found = of_code or [commune for commune in found if commune.departement.code == departement.code]
        if len(found) == 1:
            return found[0]
    return None


def _before_brackets(text: str, begin: int, brackets: re.Match[str]) -> tuple[Place, int, int] | None:
    """The place of "Saintes (17)": a commune of that département, else the département itself."""
    departement = _departement_in(brackets[1])
    if departement is None:
        return None
    segment = _SEGMENTS.split(text[begin : brackets.start()].rstrip())[-1]
    head = trim(_JOINED.split(segment)[-1])
    place = _town(trim(segment), departement) or _town(head, departement)
    start = begin + text[begin : brackets.start()].rfind(head if head else segment)
    return place or _departement_place(departement, text), max(start, begin), brackets.end()


def _departement_in(words: str) -> Departement | None:
    """The département that brackets name: "17", "Oise", "60, Oise"."""
    for part in (words.strip(), *re.split(r"\s*[,–-]\s+|\s+", words.strip())):
        code = part if re.fullmatch(r"\d\d|2[ABab]|97\d|98\d", part) else ""
        if found := (geography.departement_of(code) if code else geography.departement_named(part)):
            return found
    return None


def _town(name: str, departement: Departement) -> Place | None:
    """A commune of a département: a known one, or one that is not in the table and reads as a town."""
    said = name.split()
    street = bool(said) and (said[0][0].isdigit() or plain(said[0]) in ("rue", "avenue", "place", "boulevard", "quai", "route"))
    for size in range(len(said), 0, -1):
        found = geography.communes_named(_bare(" ".join(said[-size:])), departement.code)
        if len(found) == 1 and (size == len(said) or not street):
            return _commune_place(found[0], name)
    bare = _bare(name)
    if departement == _departement(bare) or not reads_as_town(bare):
        return None
    return Place("commune", name, town_case(bare), None, None, None, *_area(departement))


def _town_of_region(name: str, region: str) -> Place | None:
    found = [commune for commune in geography.communes_named(_bare(name)) if commune.departement.region == region]
    return _commune_place(found[0], name) if len(found) == 1 else None


def _named(text: str) -> list[Place]:
    """Names without a code: the whole value, a list that is known whole, or what an address's segments name for certain."""
    if whole := _name(trim(text)):
        return [whole]
    listed = [trim(name) for name in _LISTS.split(text)]
    places = [_name(name) for name in listed if name]
    if all(places):
        return _settled(listed, [place for place in places if place])
    segments = [trim(segment) for segment in _SEGMENTS.split(text)]
    known = [place for segment in segments if (place := _segment(segment))]
    return _settled(segments, known)


def _settled(names: Iterable[str], places: list[Place]) -> list[Place]:
    """The towns among places; with none, a homonym settled by the area named beside it, else the areas."""
    towns = [place for place in places if place.kind == "commune"]
    if towns:
        return towns
    for area in places:
        for name in names:
            found = [commune for commune in geography.communes_named(_bare(name)) if _lies_in(commune, area)]
            if len(found) == 1 and plain(name) not in _NOT_A_TOWN:
                return [_commune_place(found[0], name)]
    return places


def _lies_in(commune: Commune, area: Place) -> bool:
    if area.epci:
        return commune.epci == area.epci
    if area.departement_code:
        return commune.departement.code == area.departement_code
    return commune.departement.region == area.region


def _segment(words: str) -> Place | None:
    return None if plain(words) in _NOT_A_TOWN else _name(words)


def _name(name: str) -> Place | None:
    """The one thing in France of that name: a commune, an EPCI, a département or a région."""
    if not name or len(name) > 120:
        return None
    epci = geography.epci_named(re.sub(r"^(?:à|a|au|dans)\s+(?:la\s+|le\s+)?", "", name, flags=re.IGNORECASE))
    if epci and not geography.communes_named(name):
        departement = epci.departement
        if departement:
            return replace(_departement_place(departement, name), epci=epci.name)
        return Place("region" if epci.region else "unknown", name, epci=epci.name, region=epci.region)
    departement, region = _departement(name), _region(name)
    commune = _commune_alone(name)
    if commune and (departement is None or commune.commune == departement.name):
        return commune
    if departement and (not geography.communes_named(name) or _ARTICLE.match(plain(name))):
        return _departement_place(departement, name)
    return Place("region", name, region=region) if region and departement is None else None


def _commune_alone(name: str) -> Place | None:
    """The commune of a name that only one in France has."""
    district = _DISTRICT.match(plain(name))
    found = geography.communes_named(district[1] if district else name) or geography.communes_named(_bare(name))
    return _commune_place(found[0], name) if len(found) == 1 else None


def _bare(name: str) -> str:
    """A town's name without what leads to it: "à Noyon", "ville de Lens", "au Havre" (→ "le Havre")."""
    folded = plain(name)
    for contracted, article in (("au ", "Le "), ("aux ", "Les "), ("ville du ", "Le "), ("mairie du ", "Le ")):
        if folded.startswith(contracted) and geography.communes_named(article + name[len(contracted) :]):
            return article + name[len(contracted) :]
    match = _BEFORE_TOWN.match(folded)
    return name[match.end() :].strip() if match else name


def _departement(name: str) -> Departement | None:
    match = _BEFORE_AREA.match(plain(name))
    return geography.departement_named(name) or geography.departement_named(name[match.end() if match else 0 :])


def _region(name: str) -> str | None:
    match = _BEFORE_AREA.match(plain(name))
    return geography.region_named(name) or geography.region_named(name[match.end() if match else 0 :])


def _area(departement: Departement) -> tuple[str, str, str]:
    return departement.name, departement.code, departement.region


def _commune_place(commune: Commune, source: str) -> Place:
    return Place("commune", source, commune.name, commune.insee, None, commune.epci or None, *_area(commune.departement))


def _departement_place(departement: Departement, source: str) -> Place:
    return Place("departement", source, None, None, None, None, *_area(departement))
