"""A `Reader` in memory, with just enough of the contract for the site's tests: words are substrings.

It knows one misspelling, two acronyms and a renamed body. Of several words, it keeps the dossiers that have all if there are any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from indexer.engine.contract import (
    ALL_WORDS,
    FACETS,
    SOME_WORDS,
    Clue,
    Concordance,
    Correction,
    Every,
    Expansion,
    Explanation,
    Facet,
    FacetName,
    FacetValue,
    Form,
    Hit,
    Keyword,
    Keywords,
    Line,
    LineOrder,
    Neighbour,
    Offer,
    Passage,
    Request,
    Result,
    Series,
    Status,
    Suggestion,
    Trend,
    View,
)
from indexer.errors import UnknownDossier
from indexer.facets import Value, facet_values
from indexer.folding import fold
from indexer.model import (
    Attachment,
    Card,
    Dossier,
    Doubt,
    EventDate,
    Link,
    Organisation,
    OutlineEntry,
    Part,
    Place,
    Similar,
    Theme,
)
from indexer.notices import Notice

MISSPELT = {"ateleir": "atelier"}
EXPANSIONS = {
    "qpv": Expansion("QPV", "quartier prioritaire de la politique de la ville"),
    "clsm": Expansion("CLSM", "conseil local de santé mentale", learnt=True),
}
OFFERS = {"cget": Offer("CGET", "ANCT", 2020, "ANCT")}
WORDS = {ALL_WORDS: "Tous les mots", SOME_WORDS: "Une partie des mots"}
OISE = {"departement": "Oise", "departement_code": "60", "region": "Hauts-de-France"}


class FakeReader:
    """Answers from a tuple of dossiers."""

    def __init__(self, dossiers: tuple[Dossier, ...]) -> None:
        self.dossiers = {dossier.card.id: dossier for dossier in dossiers}
        self.generation = 1

    def search(self, request: Request) -> Result:
        correction = _correction(request)
        query = correction.query if correction and correction.applied else request.query
        words = _words(query)
        lacks = {dossier.card: _lacks(dossier, words) for dossier in self.dossiers.values()}
        matched = [card for card, lacking in lacks.items() if not words or len(lacking) < len(words)]
        facets = {name: _facet(name, matched, request) for name in FACETS if name != "mots"}
        whole = [card for card in matched if not lacks[card]]
        kinds = Counter(ALL_WORDS if card in whole else SOME_WORDS for card in matched if not _failed(card, request))
        chosen = request.filters.get("mots", ())
        only = len(kinds) > 1 and not chosen
        if len(kinds) > 1 or chosen:
            facets["mots"] = Facet("mots", tuple(FacetValue(key, WORDS[key], kinds[key], key in chosen) for key in WORDS))
        wanted = chosen or ((ALL_WORDS,) if only else tuple(WORDS))
        kept = [card for card in matched if not _failed(card, request) and (SOME_WORDS if lacks[card] else ALL_WORDS) in wanted]
        kept.sort(key=lambda card: card.dates[0].start if card.dates else date.min, reverse=request.sort == "date")
        first = (request.page - 1) * request.size
        shown = replace(request, query=query)
        return Result(
            request,
            len(kept),
            tuple(Hit(card, 1.0, self._passages(card, shown), lacks[card]) for card in kept[first : first + request.size]),
            tuple(facets[name] for name in FACETS if name in facets),
            tuple(_notices(words, matched, whole)),
            only,
            correction,
            tuple(EXPANSIONS[word] for word in words if word in EXPANSIONS),
            tuple(OFFERS[word] for word in words if word in OFFERS),
        )

    def _passages(self, card: Card, request: Request) -> tuple[Passage, ...]:
        parts = self.get(card.id, request.query).parts
        found = [part for part in parts if any(matched for _, matched in part.segments)]
        return tuple(found[: request.passages])

    def every(self, request: Request) -> Iterator[Card]:
        return (hit.card for hit in self.search(replace(request, page=1, size=len(self.dossiers))).hits)

    def card(self, dossier_id: str) -> Card:
        return self.get(dossier_id).card

    def get(self, dossier_id: str, query: str = "") -> View:
        if dossier_id not in self.dossiers:
            raise UnknownDossier(f"Aucun dossier n’a l’identifiant « {dossier_id} ».")
        dossier = self.dossiers[dossier_id]
        parts = zip(dossier.parts, dossier.texts, strict=True)
        return View(
            dossier.card,
            tuple(Passage(_marked(text, query), part.attachment, part.page, part.label, part.recognised) for part, text in parts),
        )

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        known = (Suggestion("Santé", "theme", 2), Suggestion("Santé mentale", "expression", 1), Suggestion("Noyon", "lieu", 1))
        return tuple(found for found in known if fold(found.text).startswith(fold(prefix)))[:limit]

    def more_like(self, dossier_id: str, limit: int = 5) -> tuple[Neighbour, ...]:
        own = self.card(dossier_id)
        others = [dossier.card for dossier in self.dossiers.values() if dossier.card.dates and dossier.card != own]
        return tuple(Neighbour(card, 1 / rank, ("habitants", "cadre de vie")) for rank, card in enumerate(others[:limit], 1))

    def explain(self, query: str, dossier_id: str) -> Explanation:
        card, words = self.card(dossier_id), _words(query)
        lacks = _lacks(self.dossiers[dossier_id], words)
        clues = tuple(Clue(word, word, "texte", 1.5, 1.0, 2.0, 3.0, 4) for word in words if word not in lacks)
        passages = self._passages(card, Request(query=query))
        return Explanation(card, query, 1.5 * len(clues), clues, passages[0] if passages else None, lacks, bool(clues))

    def concordance(
        self, request: Request, order: LineOrder = "document", first: int = 0, most: int | None = None, beside: str = ""
    ) -> Concordance:
        cards = list(self.every(replace(request, query="", sort="date")))
        lines = [
            Line(card, before[-40:], form, after[:40], part.attachment, part.page, part.label, part.recognised)
            for card in cards
            for part in self.get(card.id).parts
            for before, form, after in _occurrences(_plain_text(part), request.query)
            if beside in before[-40:] + after[:40]
        ]
        if order == "droite":
            lines.sort(key=lambda line: line.right)
        shown = lines[first : None if most is None else first + most]
        return Concordance(len(lines), len({line.card.id for line in lines}), iter(shown))

    def forms(self, request: Request, beside: str = "") -> tuple[Form, ...]:
        lines = list(self.concordance(request, beside=beside).lines)
        counts = Counter(line.form for line in lines)
        return tuple(
            Form(form, times, len({line.card.id for line in lines if line.form == form}))
            for form, times in sorted(counts.items())
        )

    def collocates(self, request: Request, most: int = 100, least: int = 5) -> Keywords:
        lines = list(self.concordance(request).lines)
        counts = Counter(word for line in lines for word in f"{line.left} {line.right}".casefold().split())
        found = [Keyword(word, times, 0, 1, float(times), 1.0) for word, times in counts.items() if times >= least]
        return Keywords(len({line.card.id for line in lines}), 25, counts.total(), 100, tuple(found[:most]))

    def trend(self, request: Request, expressions: Sequence[str], every: Every = "annee", *, inferred: bool = True) -> Trend:
        cards = list(self.every(request))
        years = {card.id: {when.start.year for when in card.dates if inferred or when.certainty == "stated"} for card in cards}
        known = sorted(set().union(*years.values()))
        periods = tuple(date(year, 1, 1) for year in range(known[0], known[-1] + 1)) if known else ()
        texts = {card.id: [_plain_text(part) for part in self.get(card.id).parts] for card in cards}

        def by_period(weights: dict[str, int]) -> tuple[int, ...]:
            return tuple(sum(weights[id] for id, dated in years.items() if first.year in dated) for first in periods)

        series = []
        for words in expressions:
            counts = {id: sum(len(list(_occurrences(text, words))) for text in found) for id, found in texts.items()}
            series.append(Series(words, by_period({id: min(count, 1) for id, count in counts.items()}), by_period(counts)))
        lengths = {id: sum(len(text.split()) for text in found) for id, found in texts.items()}
        undated = sum(not dated for dated in years.values())
        return Trend(periods, by_period(dict.fromkeys(texts, 1)), by_period(lengths), tuple(series), len(cards), undated)

    def keywords(self, request: Request, against: Request | None = None, most: int = 100, least: int = 5) -> Keywords:
        here = [card.id for card in self.every(request)]
        there = [card.id for card in self.every(against or Request()) if card.id not in here]
        counts = [Counter(word for id in ids for word in self._running(id).casefold().split()) for ids in (here, there)]
        found = [
            Keyword(word, times, counts[1][word], 1, float(times), 1.0) for word, times in counts[0].items() if times >= least
        ]
        return Keywords(len(here), len(there), counts[0].total(), counts[1].total(), tuple(found[:most]))

    def _running(self, dossier_id: str) -> str:
        return " ".join(map(_plain_text, self.get(dossier_id).parts))

    def status(self) -> Status:
        return Status("fake", self.generation, datetime(2026, 11, 20, 9, 30), len(self.dossiers), 3, 14, unreadable=1, missing=2)

    def close(self) -> None:
        pass


def _plain_text(passage: Passage) -> str:
    return "".join(text for text, _ in passage.segments)


def _occurrences(text: str, words: str) -> Iterator[tuple[str, str, str]]:
    for match in re.finditer(re.escape(words), text, re.IGNORECASE) if words else ():
        yield text[: match.start()], match[0], text[match.end() :]


def _words(query: str) -> list[str]:
    return query.casefold().replace('"', "").split()


def _lacks(dossier: Dossier, words: list[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _whole(dossier))


def _correction(request: Request) -> Correction | None:
    found = tuple((word, MISSPELT[word]) for word in _words(request.query) if word in MISSPELT)
    query = " ".join(MISSPELT.get(word, word) for word in request.query.split())
    return Correction(query, found, applied=request.correct) if found else None


def _notices(words: list[str], matched: list[Card], whole: list[Card]) -> Iterator[Notice]:
    if "le" in words:
        yield Notice("stop_words", ("le",))
    if matched and not whole:
        yield Notice("some_words")


def _whole(dossier: Dossier) -> str:
    return " ".join((dossier.card.title, *dossier.texts)).casefold()


def _marked(text: str, query: str) -> tuple[tuple[str, bool], ...]:
    words = [re.escape(word) for word in query.replace('"', "").split()]
    if not words:
        return ((text, False),)
    pieces = re.split(f"({'|'.join(words)})", text, flags=re.I)
    return tuple((piece, bool(i % 2)) for i, piece in enumerate(pieces) if piece)


def _failed(card: Card, request: Request) -> list[FacetName]:
    values = facet_values(card, found_themes=request.found_themes)
    filters = {name: keys for name, keys in request.filters.items() if name != "mots"}
    failed = [name for name, keys in filters.items() if not {value.key for value in values[name]} & set(keys)]
    in_time = any(
        (not request.since or when.end >= request.since) and (not request.until or when.start <= request.until)
        for when in card.dates
    )
    return failed if in_time or not (request.since or request.until) else list(FACETS)


def _known(name: FacetName) -> Iterator[Value]:
    """The values that the dossiers of the sample have."""
    return (value for dossier in sample() for value in facet_values(dossier.card, found_themes=True)[name])


def _facet(name: FacetName, cards: list[Card], request: Request) -> Facet:
    counts: Counter[Value] = Counter()
    for card in cards:
        if set(_failed(card, request)) <= {name}:
            counts.update(facet_values(card, found_themes=request.found_themes)[name])
    chosen = request.filters.get(name, ())
    for key in chosen:
        if key not in {value.key for value in counts}:
            counts[next((value for value in _known(name) if value.key == key), Value(key, key))] = 0
    return Facet(
        name,
        tuple(
            FacetValue(value.key, value.label, counts[value], value.key in chosen, value.key.count("/"))
            for value in sorted(counts)
        ),
    )


def sample() -> tuple[Dossier, ...]:
    """Twenty-five dossiers: one of each difficulty, then enough to fill three pages."""
    return (_meeting(), _hostile(), _lone_pdf(), *(_plain(rank) for rank in range(22)))


def _meeting() -> Dossier:
    card = Card(
        id="a1",
        slug="rencontre-du-reseau-a-noyon",
        title="Rencontre du réseau à Noyon",
        title_derived=True,
        type="retour",
        dates=(
            EventDate(
                date(2017, 5, 11), date(2017, 5, 11), start_time=time(9, 30), end_time=time(12), source="Jeudi 11 mai 2017"
            ),
            EventDate(date(2017, 5, 12), date(2017, 5, 12), source="mardi 12 mai 2017", doubt="Le 12 mai 2017 est un vendredi."),
            EventDate(date(2017, 6, 1), date(2017, 6, 30), "month", certainty="inferred", source="en juin"),
        ),
        places=(Place("commune", "60400 NOYON", commune="Noyon", postcode="60400", **OISE),),
        themes=(
            Theme("politique-de-la-ville", "Politique de la ville", source="politique-de-la-ville-dsu"),
            Theme("sante-mentale", "Santé mentale", "inferred", "« santé mentale » 4 fois", "sante"),
        ),
        organisations=(Organisation("Le centre de ressources"),),
        attachments=(
            Attachment(
                "compte rendu n°1.pdf",
                "available",
                "https://exemple.example/cr.pdf",
                "pdf/compte rendu.pdf",
                "k1",
                2,
                364_000,
                recognised=1,
                outline=(OutlineEntry(0, "Introduction", 1), OutlineEntry(0, "Bilan", 2)),
            ),
            Attachment("absent.pdf", "missing", "https://exemple.example/absent.pdf", problem="fichier absent du corpus"),
        ),
        published=date(2017, 5, 20),
        modified=datetime(2017, 12, 7, 10, 25),
        source_url="https://exemple.example/thematiques/reseau-3",
        path="pages/reseau-3.txt",
        language="en",
        doubts=(Doubt("impossible_date", "31 février 2017", "Février 2017 n’a que 28 jours."),),
        similar=(Similar("d0", "page"), Similar("d1", "pdf", "commun.pdf"), Similar("parti", "page")),
        links=(Link("https://exemple.example/loi", "La loi de programmation"), Link("javascript:alert(1)", "piège")),
    )
    parts = (Part("k0", 0), Part("k1", 1, 0), Part("k1", 2, 0, "ii", recognised=True))
    texts = (
        "Les chefs de projet se sont réunis à Noyon.\n\nLe contrat de ville a été discuté.",
        "Compte rendu de la rencontre.",
        "Le contrat de ville entre dans sa troisième année.",
    )
    return Dossier(card, parts, texts)


def _hostile() -> Dossier:
    card = Card(
        id="b2",
        slug="balises",
        title="<script>alert('titre')</script> & balises",
        title_derived=False,
        type="actualite",
        source_url="javascript:alert(2)",
        path="pages/<b>.html",
    )
    return Dossier(card, (Part("k2", 0),), ("Du texte <img src=x onerror=alert(3)> avec contrat.",))


def _lone_pdf() -> Dossier:
    attachment = Attachment("évasion.pdf", "available", None, "../secret.pdf", "k3", 1, 2_500_000)
    card = Card("c3", "", "Évasion", True, "document", attachments=(attachment,), path="../secret.pdf")
    return Dossier(card, (Part("k3", 1, 0),), ("Une page de PDF sans contrat.",))


def _plain(rank: int) -> Dossier:
    when = date(2014 + rank % 12, 1 + rank % 12, 1 + rank)
    card = Card(
        id=f"d{rank}",
        slug=f"atelier-{rank}",
        title=f"Atelier numéro {rank} sur la gestion urbaine de proximité et le cadre de vie des habitants",
        title_derived=False,
        type="annonce",
        dates=(EventDate(when, when),),
        places=(Place("online", "en ligne"),) if rank % 3 else (Place("commune", "Beauvais", commune="Beauvais", **OISE),),
        themes=(Theme("habitat", "Habitat et cadre de vie"),),
        path=f"pages/atelier-{rank}.txt",
    )
    return Dossier(
        card, (Part(f"p{rank}", 0),), ("Un atelier pour les équipes de quartier, avec des exemples et du temps pour échanger.",)
    )
