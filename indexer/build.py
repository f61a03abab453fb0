"""What is new, changed, gone? From the corpus to the index, by way of the store.

The order makes a build safe to kill at any instant: texts first, each file in its own transaction; then the index, in one
atomic commit; then the note of what the index holds. A note that does not fit the index only costs a rebuild from the store.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer import analysis
from indexer.config import Settings
from indexer.corpus import list_corpus
from indexer.dossier import Plan, assemble, plan_dossiers
from indexer.engine import open_engine
from indexer.engine.contract import BuildFacts, Engine
from indexer.errors import ChercheVilleError, IndexMissing
from indexer.facts.themes import Vocabulary, load_vocabulary
from indexer.lock import writing
from indexer.model import Dossier
from indexer.reading import Changes, Progress, compare, read_changes, unseen
from indexer.store import Failure, Store


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `read` counts files opened; the others count dossiers. `failures` is the whole register."""

    files: int
    read: int
    added: int
    changed: int
    removed: int
    unchanged: int
    full: bool
    generation: int
    seconds: float
    failures: tuple[Failure, ...]

    @property
    def dossiers(self) -> int:
        """The dossiers now in the index."""
        return self.added + self.changed + self.unchanged

    @property
    def unreadable(self) -> tuple[Failure, ...]:
        """What could not be read, linked PDFs that are not there left out."""
        return tuple(failure for failure in self.failures if failure.reason != "missing")

    @property
    def missing(self) -> tuple[Failure, ...]:
        """The linked PDFs that are not in the corpus."""
        return tuple(failure for failure in self.failures if failure.reason == "missing")


def store_path(settings: Settings) -> Path:
    return settings.index / "store.sqlite"


def planned_changes(settings: Settings) -> Changes:
    """What a build would read and forget; nothing is written. Raises `CorpusError`, `StoreError`."""
    listing = list_corpus(settings.corpus)
    if not store_path(settings).exists():
        return compare({}, listing)
    store = Store(store_path(settings), readonly=True)
    try:
        return compare(store.files(), listing)
    finally:
        store.close()


def build(settings: Settings, progress: Progress, *, full: bool = False) -> BuildReport:
    """Bring the index up to date with the corpus; `full` rebuilds it beside from the store.

    Raises `CorpusError`, `IndexLocked`, `StoreError`, `IndexVersionMismatch`, `IndexDamaged`, or `ChercheVilleError` when the
    index cannot be written: the index in use before is then still in use.
    """
    begun = time.monotonic()
    try:
        settings.index.mkdir(parents=True, exist_ok=True)
        with writing(settings.index):
            return _Build(settings, progress, full, begun).run()
    except OSError as error:
        raise ChercheVilleError(
            f"L’index ne peut être écrit dans « {settings.index} » ({error.strerror or error})."
            " Vérifiez la place libre et les droits ; l’index précédent sert toujours."
        ) from error


class _Build:
    """One build: the things its steps share."""

    def __init__(self, settings: Settings, progress: Progress, full: bool, begun: float) -> None:
        self.settings = settings
        self.progress = progress
        self.full = full
        self.begun = begun
        self.listing = list_corpus(settings.corpus)
        self.vocabulary = load_vocabulary()
        self.store = Store(store_path(settings))
        self.engine: Engine = open_engine(settings, self.store.part, self.vocabulary)

    def run(self) -> BuildReport:
        try:
            generation = self._generation()
            changes = compare(self.store.files(), self.listing)
            unopened = read_changes(self.store, self.settings.corpus, changes, self.progress)
            plans = {plan.id: plan for plan in plan_dossiers(self.store.pages(), self.store.pdfs())}
            failures = [*unopened, *unseen(self.listing), *self.store.unreadable_files(), *_missing(plans.values())]
            return self._index(plans, failures, generation, len(changes.new) + len(changes.changed))
        finally:
            self.engine.close()
            self.store.close()

    def _generation(self) -> int:
        """The generation of the index in use, 0 when there is none. A full build may replace one that cannot be read."""
        try:
            return self.engine.status().generation
        except IndexMissing:
            return 0
        except ChercheVilleError:
            if self.full:
                return 0
            raise

    def _index(self, plans: dict[str, Plan], failures: list[Failure], generation: int, read: int) -> BuildReport:
        now = {plan.id: plan.fingerprint(_rules(self.vocabulary)) for plan in plans.values()}
        before = self.store.fingerprints(generation)
        known = before or {}
        added = [plans[id] for id in now if id not in known]
        changed = [plans[id] for id in now if id in known and known[id] != now[id]]
        removed = [id for id in known if id not in now]
        facts = _facts(failures)
        rebuild = self.full or before is None
        if rebuild:
            self.engine.rebuild(self._assembled(list(plans.values())), facts)
        elif added or changed or removed or facts != self._known_facts():
            self.engine.update(self._assembled(added + changed), removed, facts)
        generation = self.engine.status().generation
        with self.store.transaction():
            self.store.put_fingerprints(now, generation)
            self.store.put_failures(failures, datetime.now().astimezone().isoformat(timespec="seconds"))
            self.store.forget_unused_extractions()
        unchanged = len(now) - len(added) - len(changed)
        seconds = time.monotonic() - self.begun
        register = tuple(self.store.failures())
        return BuildReport(
            len(self.listing.files), read, len(added), len(changed), len(removed), unchanged,
            rebuild, generation, seconds, register,
        )  # fmt: skip

    def _known_facts(self) -> BuildFacts:
        status = self.engine.status()
        return BuildFacts(status.unreadable, status.missing)

    def _assembled(self, plans: list[Plan]) -> Iterator[Dossier]:
        for done, plan in enumerate(plans):
            self.progress("indexation", done, len(plans), plan.id)
            yield assemble(plan, self.store.part, self.vocabulary)
        self.progress("indexation", len(plans), len(plans), "")


def _rules(vocabulary: Vocabulary) -> str:
    """What changes the index of an unchanged page."""
    return f"{analysis.VERSION} {hashlib.sha256(repr(vocabulary).encode()).hexdigest()}"


def _missing(plans: Iterable[Plan]) -> Iterator[Failure]:
    """The linked PDFs that are not in the corpus, each once, with the pages that link to it."""
    linked_by: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for plan in plans:
        for attachment in plan.attachments:
            if attachment.status == "missing":
                link = attachment.url or attachment.name
                linked_by.setdefault(link, []).append(plan.pages[0].path)
                names[link] = attachment.name
    for link, pages in linked_by.items():
        message = f"PDF lié par {', '.join(pages)}, absent du corpus"
        advice = f"Ajoutez « {names[link]} » n’importe où dans le corpus, puis relancez la construction."
        yield Failure(link, "missing", message, advice)


def _facts(failures: list[Failure]) -> BuildFacts:
    missing = sum(failure.reason == "missing" for failure in failures)
    return BuildFacts(len(failures) - missing, missing)


def failures_of(settings: Settings) -> list[Failure]:
    """The register of what could not be had at the last build. Raises `IndexMissing`, `StoreError`."""
    if not store_path(settings).exists():
        raise IndexMissing(f"Il n’y a pas encore d’index dans « {settings.index} ». Lancez : chercheville build")
    store = Store(store_path(settings), readonly=True)
    try:
        return store.failures()
    finally:
        store.close()
