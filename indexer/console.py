"""What the command line prints: French, 80 columns, a progress bar on a terminal and one line a step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from indexer.backup import Backup, Restored
from indexer.build import BuildReport, Planned
from indexer.config import Settings
from indexer.console_text import attachment_of, counted, marked, plain, wrapped
from indexer.corpus import FileKind
from indexer.engine import on_cluster
from indexer.engine.contract import (
    CheckedFile,
    Clue,
    Explanation,
    FacetName,
    Fact,
    Hit,
    Neighbour,
    Passage,
    Result,
    Status,
    Suggestion,
    View,
)
from indexer.facets import TYPE_LABELS
from indexer.model import Card, Certainty, Failure, OrganisationRole, PdfPage, PdfPageState
from indexer.notices import sentence
from indexer.reading import Changes, Progress, Step
from indexer.single import FileReading
from indexer.wording import (
    date_words,
    doubts_of,
    expansions_words,
    lacks_words,
    language_words,
    moment_words,
    numbers_words,
    offer_words,
    part_words,
    place_words,
    quoted,
    rest_words,
    similar_words,
)

STEPS = {"lecture": "Lecture des fichiers", "indexation": "Indexation des dossiers"}
FACET_TITLES: dict[FacetName, str] = {
    "mots": "Mots trouvés",
    "theme": "Thèmes",
    "lieu": "Lieux",
    "annee": "Années",
    "type": "Types",
    "organisme": "Organismes",
    "fichier": "Fichiers",
}
FACT_NAMES = {
    "cluster": "Cluster",
    "version": "Version",
    "nodes": "Nœuds",
    "health": "Santé",
    "alias": "Alias",
    "shards": "Parts",
    "dossiers": "Dossiers",
}
ATTACHMENT_STATES = {"available": "", "missing": " – non disponible", "unreadable": " – illisible"}
SUGGESTION_KINDS = {"titre": "titre", "theme": "thème", "lieu": "lieu", "mot": "mot", "expression": "expression"}
PAGE_STATES: dict[PdfPageState, str] = {
    "text": "texte",
    "ocr": "texte reconnu",
    "scan": "numérisée, texte non reconnu",
    "blank": "blanche",
    "unreadable": "illisible",
    "slow": "trop longue à lire",
}
ROLES: dict[OrganisationRole, str] = {
    "organiser": "organisateur",
    "participant": "participant",
    "partner": "partenaire",
    "structure": "structure",
}
_BAR_STEPS = 1000
_SHOWN_FACET_VALUES = 6
_SHOWN_PATHS = 20


def print_error(message: str) -> None:
    click.echo(wrapped(f"chercheville : {message}"), err=True)


def usage_words(error: click.UsageError) -> str:
    """A usage error in French, naming the option and the way out."""
    way_out = f"Aide : {error.ctx.command_path} --help" if error.ctx else "Aide : chercheville --help"
    if isinstance(error, click.NoSuchOption):
        close = f" Vouliez-vous dire {error.possibilities[0]} ?" if error.possibilities else ""
        return f"option inconnue : {error.option_name}.{close} {way_out}"
    if isinstance(error, click.MissingParameter):
        return f"il manque {error.param.human_readable_name if error.param else 'un argument'}. {way_out}"
    if isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.Choice):
        return f"valeur refusée pour {error.param.opts[0]} : choisissez entre {', '.join(error.param.type.choices)}. {way_out}"
    if isinstance(error, click.BadParameter) and error.param:
        return f"valeur refusée pour {error.param.opts[0]} : {error.message} {way_out}"
    return f"{error.format_message()} {way_out}"


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress reporter on stderr: a bar with the time left on a terminal, one line at the end of each step elsewhere."""
    if not sys.stderr.isatty():
        yield _on_pipe
        return
    bars = _Bars()
    try:
        yield bars.show
    finally:
        bars.end()


def _on_pipe(step: Step) -> None:
    if step.done == step.total and step.total:
        click.echo(_step_words(step), err=True)


def _step_words(step: Step) -> str:
    pages = f", {counted(step.pages, 'page')} de PDF" if step.pages else ""
    return f"{STEPS[step.name]} : {step.done}/{step.total}{pages}"


class _Bars:
    """A bar for each step, as long as the work (the bytes of files, the dossiers), so that the time left is honest."""

    def __init__(self) -> None:
        self._bars: dict[str, Any] = {}

    def show(self, step: Step) -> None:
        if not step.total:
            return
        if step.name not in self._bars:
            self._bars[step.name] = click.progressbar(
                length=_BAR_STEPS, label=STEPS[step.name], file=sys.stderr, width=20, item_show_func=_item_words
            )
        bar = self._bars[step.name]
        bar.update(round(step.fraction * _BAR_STEPS) - bar.pos, step)
        if step.done == step.total:
            self.end()

    def end(self) -> None:
        """Leave the bars as they stand, and show the cursor again: a bar hides it."""
        for bar in self._bars.values():
            bar.render_finish()
        self._bars.clear()


def _item_words(step: Step | None) -> str | None:
    if step is None:
        return None
    return f"{step.done}/{step.total}" + (f", {counted(step.pages, 'page')}" if step.pages else "")


def print_planned(planned: Planned) -> None:
    """What a build would do."""
    changes = planned.changes
    for words, paths in (
        ("À lire (nouveaux)", [file.path for file in changes.new]),
        ("À relire (modifiés)", [file.path for file in changes.changed]),
        ("À relire (lecteur plus récent, ou nouvel essai)", [file.path for file in changes.reread]),
        ("Retirés du corpus", list(changes.removed)),
    ):
        click.echo(f"{words} : {len(paths)}")
        for path in paths[:_SHOWN_PATHS]:
            click.echo(f"  {path}")
        if len(paths) > _SHOWN_PATHS:
            click.echo(f"  … et {len(paths) - _SHOWN_PATHS} autres (liste entière avec --json)")
    click.echo("L’index serait reconstruit en entier." if planned.full else "L’index serait mis à jour.")
    if planned.refusal:
        click.echo(wrapped(f"Refusé : {planned.refusal}"))
    click.echo("Rien n’a été écrit (--dry-run).")


def print_report(report: BuildReport) -> None:
    how = "reconstruit" if report.full else "mis à jour"
    click.echo(
        f"Index {how} en {report.seconds:.1f} s : {counted(report.dossiers, 'dossier')}, {counted(report.files, 'fichier')}."
    )
    click.echo(
        f"Dossiers ajoutés : {report.added} · changés : {report.changed} · retirés : {report.removed}"
        f" · inchangés : {report.unchanged}"
    )
    unreadable = len({failure.path for failure in report.unreadable})
    click.echo(
        f"Fichiers ouverts : {report.read} · illisibles, même en partie : {unreadable} · PDF liés absents : {len(report.missing)}"
    )
    if report.failures:
        click.echo("La liste, avec les raisons : chercheville failures")


def print_status(status: Status, changes: Changes | None, settings: Settings) -> None:
    click.echo(f"Index       {settings.index} ({status.engine}, génération {status.generation})")
    click.echo(f"Construit   le {moment_words(status.built_at)}")
    click.echo(
        f"Contenu     {counted(status.dossiers, 'dossier')}, {status.attachments} PDF, {counted(status.pages, 'page')} de PDF"
    )
    click.echo(f"Lacunes     fichiers illisibles : {status.unreadable} · PDF liés absents : {status.missing}")
    if changes is None:
        click.echo(f"Corpus      {settings.corpus} (absent)")
    elif changes.files or changes.removed:
        said = f"{len(changes.new)} nouveaux, {len(changes.changed)} modifiés, {len(changes.removed)} retirés"
        said += f", {len(changes.reread)} à relire" if changes.reread else ""
        click.echo(f"Corpus      {settings.corpus} : changé depuis ({said}). Lancez : chercheville build")
    else:
        click.echo(f"Corpus      {settings.corpus} : inchangé depuis")


def print_facts(facts: list[Fact]) -> None:
    """What there is to know of a cluster, then what is wrong with it."""
    for fact in facts:
        click.echo(f"{FACT_NAMES[fact.name]:<11} {fact.value}")
    for fact in facts:
        if fact.fault:
            click.echo(wrapped(fact.fault))


def print_check(files: list[CheckedFile]) -> None:
    faults = [file.fault for file in files if file.fault]
    for fault in faults:
        click.echo(wrapped(fault))
    size = _megabytes(sum(file.bytes for file in files))
    click.echo(f"Fichiers intacts : {len(files) - len(faults)} ({size}) · abîmés : {len(faults)}")


def print_backup(made: Backup, destination: Path) -> None:
    what = "Index et textes sauvegardés" if any(file.path == "current.json" for file in made.files) else "Textes sauvegardés"
    click.echo(wrapped(f"{what} dans « {destination} » : {_files(made)}, vérifiés."))
    if what.startswith("Textes"):
        click.echo(wrapped("L’index du cluster n’y est pas : il peut être refait de ces textes."))
    click.echo(f"Pour les reprendre : chercheville restore {destination}")


def print_restored(restored: Restored, settings: Settings) -> None:
    made, when = restored.backup, moment_words(restored.backup.made_at)
    click.echo(wrapped(f"Sauvegarde du {when} reprise dans « {settings.index} » : {_files(made)}, vérifiés."))
    if on_cluster(settings):
        click.echo("L’index du cluster n’a pas changé : il reste à refaire de ces textes. Lancez :")
        click.echo("chercheville build --stored")
    elif restored.generation is None:
        click.echo("Elle est d’une autre version du logiciel, ou sans index. Ses textes sont là ; lancez :")
        click.echo("chercheville build --stored")


def _files(made: Backup) -> str:
    return f"{counted(len(made.files), 'fichier')} ({_megabytes(made.bytes)})"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} Mo".replace(".", ",")


def print_result(result: Result) -> None:
    for message in _messages(result):
        click.echo(wrapped(message))
    click.echo(f"{counted(result.total, 'dossier')} trouvé{'s' if result.total > 1 else ''}")
    first = (result.request.page - 1) * result.request.size
    for rank, hit in enumerate(result.hits, first + 1):
        click.echo()
        _print_hit(rank, hit)
    if result.total:
        click.echo()
        _print_facets(result)
    if first + len(result.hits) < result.total:
        click.echo(f"Suite : --page {result.request.page + 1}")


def _messages(result: Result) -> Iterator[str]:
    """What was changed in the search, what else can be searched, what was ignored."""
    correction = result.correction
    if correction and correction.applied:
        typed = f"chercher plutôt {quoted(result.request.query)} : --sans-correction"
        yield f"Résultats pour {quoted(correction.query)} ; {typed}"
    elif correction:
        yield f"Vouliez-vous dire {quoted(correction.query)} ?"
    for offer in result.offers:
        yield f"{offer_words(offer)} : chercher {quoted(offer.query)}"
    yield from map(sentence, result.notices)
    if result.expansions:
        yield expansions_words(result.expansions)
    if rest := rest_words(result):
        yield f"{rest} ; les voir aussi : --mots tous --mots partie"


def _print_hit(rank: int, hit: Hit) -> None:
    card = hit.card
    derived = " (titre déduit)" if card.title_derived else ""
    click.echo(wrapped(f"{rank}. {card.title}{derived}", indent="   "))
    click.echo(wrapped(f"   {_facts(card)}", indent="   "))
    if hit.lacks:
        click.echo(wrapped(f"   {lacks_words(hit.lacks)}", indent="   "))
    for passage in hit.passages:
        click.echo(marked(wrapped(f"   [{_part_words(card, passage)}] {plain(passage)}", indent="     ")))
    click.echo(f"   chercheville show {card.id}")


def _facts(card: Card) -> str:
    dates = ", ".join(
        date_words(when) + (" (déduite)" if when.certainty == "inferred" else "") + (" (à vérifier)" if when.doubt else "")
        for when in card.dates
    )
    places = ", ".join(place_words(place) + (" (déduit)" if place.certainty == "inferred" else "") for place in card.places)
    themes = ", ".join(theme.label + (" (déduit)" if theme.certainty == "inferred" else "") for theme in card.themes)
    return " · ".join(words for words in (TYPE_LABELS[card.type], dates, places, themes) if words)


def _print_facets(result: Result) -> None:
    for facet in result.facets:
        values = [f"{value.label} ({value.count})" for value in facet.values if value.count][:_SHOWN_FACET_VALUES]
        click.echo(wrapped(f"{FACET_TITLES[facet.name]} : {', '.join(values)}", indent="  "))


def print_view(view: View, neighbours: Iterable[Neighbour]) -> None:
    card = view.card
    click.echo(wrapped(card.title + (" (titre déduit)" if card.title_derived else "")))
    click.echo(wrapped(_facts(card)))
    for words, value in (
        ("Publié le", card.published and card.published.strftime("%d/%m/%Y")),
        ("Modifié le", card.modified and moment_words(card.modified)),
        ("Source", card.source_url),
        ("Fichier", card.path),
    ):
        if value:
            click.echo(f"{words} : {value}")
    for message, source in doubts_of(card):
        click.echo(wrapped(f"À vérifier : {message} (« {source} »)", indent="  "))
    for similar in card.similar:
        click.echo(wrapped(f"Semblable : chercheville show {similar.dossier} ({similar_words(similar)})", indent="  "))
    for near in neighbours:
        words = f" ({', '.join(near.words)})" if near.words else ""
        click.echo(wrapped(f"Voisin : {near.card.title}{words} – chercheville show {near.card.id}", indent="  "))
    for attachment in card.attachments:
        pages = f" ({counted(attachment.pages, 'page')})" if attachment.pages else ""
        click.echo(f"PDF : {attachment.name}{pages}{ATTACHMENT_STATES[attachment.status]}")
    for part in view.parts:
        click.echo(f"\n── {_part_words(card, part)} ──")
        click.echo("".join(text for text, _ in part.segments))


def _part_words(card: Card, part: Passage) -> str:
    return part_words(attachment_of(card, part), part.page, part.label, recognised=part.recognised)


def print_explanation(explanation: Explanation) -> None:
    """A score as a sum: one line for each clue, then the total, the words lacking and the best passage."""
    card, passage = explanation.card, explanation.passage
    click.echo(wrapped(f"{card.title} – pour {quoted(explanation.query)}"))
    if not explanation.matches:
        click.echo("Cette recherche ne trouve pas ce dossier.")
    else:
        click.echo(f"\n{'points':>9}{'poids':>7}{'idf':>8}{'fois':>7}{'dossiers':>10}  preuve : mot")
        for clue in explanation.clues:
            click.echo(wrapped(_clue_words(clue), indent=" " * 43))
        click.echo(f"{_decimal(explanation.score, 3):>9}  total\n")
    if explanation.lacks:
        click.echo(wrapped(lacks_words(explanation.lacks), indent="  "))
    if passage:
        click.echo(marked(wrapped(f"Meilleur passage : [{_part_words(card, passage)}] {plain(passage)}", indent="  ")))


def _clue_words(clue: Clue) -> str:
    """One line of the sum; what the words add together has neither idf nor number of dossiers."""
    counted = (_decimal(clue.idf, 3), _decimal(clue.frequency, 1).removesuffix(",0"), str(clue.documents))
    idf, frequency, documents = counted if clue.documents else ("–", "–", "–")
    brought = f" (pour {quoted(clue.typed)})" if clue.typed not in ("", clue.words) else ""
    numbers = f"{_decimal(clue.score, 3):>9}{_decimal(clue.weight, 2):>7}{idf:>8}{frequency:>7}{documents:>10}"
    return f"{numbers}  {clue.evidence} : {clue.words}{brought}"


def _decimal(number: float, places: int) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def print_suggestions(suggestions: Iterable[Suggestion]) -> None:
    known = list(suggestions)
    if not known:
        click.echo("Aucune suggestion.")
    for found in known:
        number = f", {counted(found.count, 'dossier')}" if found.count else ""
        click.echo(wrapped(f"{found.text} ({SUGGESTION_KINDS[found.kind]}{number})", indent="  "))


def print_reading(reading: FileReading, page: int | None) -> None:
    """What the readers make of one file: facts with their words and certainty, problems, then the text."""
    click.echo(wrapped(f"{reading.path} ({'page' if reading.kind == 'page' else 'PDF'})"))
    if reading.card:
        for name, words in _read_facts(reading.card):
            click.echo(wrapped(f"{name} : {words}", indent="  "))
    for problem in reading.problems:
        source = f" (« {problem.source} »)" if problem.source else ""
        click.echo(wrapped(f"Problème : {problem.message}{source}", indent="  "))
        if problem.advice:
            click.echo(wrapped(f"  → {problem.advice}", indent="    "))
    for found in reading.pages:
        if page in (None, found.number):
            _print_read_page(found, reading.kind)


def _print_read_page(page: PdfPage, kind: FileKind) -> None:
    printed = f" (imprimée {page.label})" if page.label else ""
    head = "texte" if kind == "page" else f"p. {page.number}{printed}, {PAGE_STATES[page.state]}, {page.reader}"
    click.echo(f"\n── {head} ──")
    for margin in page.margins:
        click.echo(wrapped(f"[en marge : {margin}]"))
    click.echo(page.text)


def _read_facts(card: Card) -> Iterator[tuple[str, str]]:
    yield "Titre", card.title + (" (déduit)" if card.title_derived else "")
    yield "Type", TYPE_LABELS[card.type]
    for when in card.dates:
        yield "Date", date_words(when) + _reason(when.certainty, when.source, when.basis)
    for place in card.places:
        yield "Lieu", place_words(place) + _reason(place.certainty, place.source, place.basis)
    for theme in card.themes:
        yield "Thème", f"{theme.label} – {'déduit : ' if theme.certainty == 'inferred' else ''}{theme.source}"
    for body in card.organisations:
        yield "Organisme", f"{body.name} ({ROLES[body.role]})"
    for acronym in card.acronyms:
        yield "Sigle", f"{acronym.short} ({acronym.long})"
    if card.language:
        yield "Langue", language_words(card.language)


def _reason(certainty: Certainty, source: str, basis: str) -> str:
    said = [f"« {source} »"] if source else []
    if certainty == "inferred":
        said.append(f"déduit de : {basis}" if basis else "déduit")
    return f" – {', '.join(said)}" if said else ""


def print_failures(failures: Iterable[Failure]) -> None:
    known = list(failures)
    if not known:
        click.echo("Tout a été lu, et tous les PDF liés sont là.")
    for (path, message, advice, since), group in groupby(known, lambda f: (f.path, f.message, f.advice, f.since[:10])):
        pages = [failure.page for failure in group if failure.page]
        click.echo(f"{path}, p. {numbers_words(pages)}" if pages else path)
        click.echo(wrapped(f"  {message} (depuis le {since})", indent="  "))
        click.echo(wrapped(f"  → {advice}", indent="    "))
