"""What is new, changed, gone? From the corpus to the index, by way of the store.

The order makes a build safe to kill at any instant: texts first, each file in its own transaction; then the index, in one
atomic commit; then the note of what the index holds. A note that does not fit the index only costs a rebuild from the store.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from indexer.backup import clear_aside
from indexer.condition import store_path
from indexer.config import Settings
from indexer.corpus import Listing, check_place, list_corpus
from indexer.dossier import Plan, assemble, plan_dossiers
from indexer.engine import has_index, index_note, open_engine
from indexer.engine.contract import BuildFacts, Engine
from indexer.errors import ChercheVilleError, CorpusError, IndexMissing
from indexer.lock import writing
from indexer.marks import marks
from indexer.model import Dossier, Failure, Portrait
from indexer.pdf import tesseract
from indexer.pdf.options import can_recognise
from indexer.reading import Changes, Progress, Step, compare, read_changes
from indexer.register import UNSEEN, failures
from indexer.rules import Rules, load_rules
from indexer.store import Known, Store, faults_told


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


@dataclass(frozen=True, slots=True)
class Planned:
    """What a build would do: files to open and to forget; whether it would make a new index, and why it would refuse."""

    changes: Changes
    full: bool
    refusal: str | None


def planned(settings: Settings, *, full: bool = False, retry_failed: bool = False, yes: bool = False) -> Planned:
    """What `build` would do with the same options; nothing is written. Raises `ConfigError`, `CorpusError`, `StoreError`."""
    listing, rules = list_corpus(settings.corpus), load_rules(settings)
    if not store_path(settings).exists():
        return Planned(compare({}, listing, rules.versions), True, None)
    try:
        store = Store(store_path(settings), readonly=True)
    except IndexMissing:
        return Planned(compare({}, listing, rules.versions), True, None)
    with closing(store), faults_told(store.path):
        changes = compare(store.files(), listing, rules.versions, _again(store, rules, retry_failed))
        missing = not has_index(settings)
        return Planned(changes, full or missing, _refusal(settings, store, changes, yes))


def _again(store: Store, rules: Rules, retry_failed: bool) -> frozenset[str]:
    """The unchanged files to try again: all that failed when asked for, else scans that can now be recognised."""
    if retry_failed:
        return store.failed_paths()
    return store.unrecognised_paths() if can_recognise(rules.pdf) else frozenset()


def _refusal(settings: Settings, store: Store, changes: Changes, yes: bool) -> str | None:
    """Why a build will not go on without --yes."""
    if yes or not changes.shrunk:
        return None
    known = len(store.files())
    return (
        f"Le corpus « {settings.corpus} » a perdu plus de la moitié de ses fichiers ({len(changes.removed)} sur {known}). Si le"
        " dossier n’est pas monté ou pas complet, rétablissez-le ; si ces fichiers sont bien retirés, relancez avec --yes."
        " L’index en place n’a pas changé."
    )


def build(
    settings: Settings,
    progress: Progress,
    *,
    full: bool = False,
    retry_failed: bool = False,
    yes: bool = False,
    wait: bool = False,
    stored: bool = False,
) -> BuildReport:
    """Bring the index up to date with the corpus; `full` rebuilds it beside from the store.

    `retry_failed` opens again the files that could not be read; `yes` accepts that more than half of the corpus is gone;
    `wait` lets another writer end first; `stored` makes the index anew from the texts that were read, without the corpus.
    Raises `ConfigError`, `CorpusError`, `IndexLocked`, `StoreError`, `IndexVersionMismatch`, `IndexDamaged`, or
    `ChercheVilleError` when the index cannot be written: the index in use before is then still in use.
    """
    begun = time.monotonic()
    rules = load_rules(settings)
    try:
        settings.index.mkdir(parents=True, exist_ok=True)
        with writing(settings.index, wait=wait), faults_told(store_path(settings)):
            clear_aside(settings)
            return _Build(settings, rules, progress, full, stored, begun).run(retry_failed, yes)
    except MemoryError as error:
        raise ChercheVilleError(
            "La mémoire ne suffit pas pour construire l’index. Réduisez [index] memory_mb, ou fermez d’autres programmes ;"
            " l’index précédent sert toujours."
        ) from error
    except OSError as error:
        raise ChercheVilleError(
            f"L’index ne peut être écrit dans « {settings.index} » ({error.strerror or error})."
            " Vérifiez la place libre et les droits ; l’index précédent sert toujours."
        ) from error


class _Build:
    """One build: the things its steps share."""

    def __init__(self, settings: Settings, rules: Rules, progress: Progress, full: bool, stored: bool, begun: float) -> None:
        self.settings = settings
        self.rules = rules
        self.progress = progress
        self.full = full or stored
        self.stored = stored
        self.begun = begun
        self.listing = Listing(()) if stored else list_corpus(settings.corpus)
        self.store = Store(store_path(settings))
        self.engine: Engine = open_engine(settings, self.store.part, rules.vocabulary)

    def run(self, retry_failed: bool, yes: bool) -> BuildReport:
        try:
            generation = self._generation()
            read, unopened = self._recall() if self.stored else self._read(retry_failed, yes)
            plans = {plan.id: plan for plan in plan_dossiers(self.store.pages(), self.store.pdfs())}
            found = [*unopened, *failures(self.store, self.listing, plans.values(), installed=tesseract.is_installed())]
            return self._index(plans, found, generation, read)
        finally:
            self.engine.close()
            self.store.close()

    def _read(self, retry_failed: bool, yes: bool) -> tuple[int, list[Failure]]:
        """Bring the store up to date with the corpus: how many files were opened, and those that could not be."""
        again = _again(self.store, self.rules, retry_failed)
        changes = compare(self.store.files(), self.listing, self.rules.versions, again)
        if refusal := _refusal(self.settings, self.store, changes, yes):
            raise CorpusError(refusal)
        unopened = read_changes(self.store, self.settings.corpus, changes, self.rules, self.progress)
        check_place(self.settings.corpus, self.listing.place)
        return len(changes.files), unopened

    def _recall(self) -> tuple[int, list[Failure]]:
        """Take the store for the corpus; what could not be seen of this at the last build is still so."""
        self.listing = Listing(tuple(file for file, _ in self.store.files().values()))
        if not self.listing.files:
            raise CorpusError(
                f"Aucun texte n’est gardé dans « {self.settings.index} ». Indiquez le bon dossier avec --index, ou lancez :"
                " chercheville build"
            )
        return 0, [failure for failure in self.store.failures() if failure.reason in UNSEEN]

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

    def _index(self, plans: dict[str, Plan], found: list[Failure], generation: int, read: int) -> BuildReport:
        now = {plan.id: plan.fingerprint(self.rules.digest) for plan in plans.values()}
        before = self.store.fingerprints(index_note(self.settings, generation))
        noted = self._noted(plans)
        known = before or {}
        added = [plans[id] for id in now if id not in known]
        changed = [plans[id] for id in now if id in known and known[id] != now[id]]
        removed = [id for id in known if id not in now]
        facts = _facts(found)
        rebuild = self.full or before is None
        if rebuild:
            self.engine.rebuild(self._assembled(list(plans.values()), noted), facts)
        elif added or changed or removed or facts != self._known_facts():
            self.engine.update(self._assembled(added + changed, noted), removed, facts)
        else:
            self.engine.tidy()
        generation = self.engine.status().generation
        moment = datetime.now().astimezone().isoformat(timespec="seconds")
        with self.store.transaction():
            note = index_note(self.settings, generation)
            self.store.put_dossiers(now, noted, note, lambda id: self._portrait(plans[id]), moment)
            self.store.put_failures(found, moment)
            self.store.forget_unused_extractions()
        unchanged = len(now) - len(added) - len(changed)
        seconds = time.monotonic() - self.begun
        register = tuple(self.store.failures())
        return BuildReport(
            len(self.listing.files), read, len(added), len(changed), len(removed), unchanged,
            rebuild, generation, seconds, register,
        )  # fmt: skip

    def _portrait(self, plan: Plan) -> Portrait:
        """What is kept of a dossier that is now in the index."""
        card = self.engine.card(plan.id)
        return Portrait(card.title, card.source_url, marks(plan))

    def _known_facts(self) -> BuildFacts:
        status = self.engine.status()
        return BuildFacts(status.unreadable, status.missing)

    def _noted(self, plans: dict[str, Plan]) -> dict[str, Known]:
        """Since when each dossier is as it is."""
        before, now = self.store.known(), datetime.now(UTC).replace(microsecond=0)
        written = {} if before else {path: file.mtime_ns for path, (file, _) in self.store.files().items()}
        found = {}
        for id, plan in plans.items():
            known = before.get(id)
            newest = max((written[path] for path in plan.paths if path in written), default=None)
            since = now if newest is None else min(now, datetime.fromtimestamp(newest // 10**9, UTC))
            found[id] = known if known and known.content == plan.content else Known(plan.content, since)
        return found

    def _assembled(self, plans: list[Plan], noted: dict[str, Known]) -> Iterator[Dossier]:
        for done, plan in enumerate(plans):
            self.progress(Step("indexation", done, len(plans), done / len(plans)))
            dossier = assemble(plan, self.store.part, self.rules)
            yield replace(dossier, card=replace(dossier.card, changed=noted[plan.id].changed))
        self.progress(Step("indexation", len(plans), len(plans), 1.0))


def _facts(found: list[Failure]) -> BuildFacts:
    missing = sum(failure.reason == "missing" for failure in found)
    return BuildFacts(len({failure.path for failure in found}) - missing, missing)
