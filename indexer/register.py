"""What a reader will not find, why, and what can be done: every file found is indexed or stands here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.corpus import Listing, Refusal
from indexer.dossier import Plan
from indexer.model import Failure, PdfPageState
from indexer.store import Store

UNSEEN = ("closed_folder", "bad_name", "cannot_open")
"""The reasons that only the corpus itself can tell, not what was read of it."""
_REOPEN = "Ouvrez le fichier à cette page ; si elle s’y lit, enregistrez-le à nouveau, puis relancez la construction."
_PAGES: dict[PdfPageState, tuple[str, str, str]] = {
    "scan": (
        "needs_ocr",
        "page numérisée, sans texte",
        "Installez tesseract et son français (apt install tesseract-ocr tesseract-ocr-fra), puis relancez la construction.",
    ),
    "unreadable": ("unreadable_page", "page illisible", _REOPEN),
    "slow": (
        "too_slow",
        "page trop longue à lire",
        "Augmentez [pdf] page_seconds dans config.toml, puis lancez : chercheville build --retry-failed",
    ),
}
_REFUSED: dict[Refusal, tuple[str, str]] = {
    "special_file": (
        "ni fichier ni dossier (tube, périphérique…) : jamais ouvert",
        "Retirez-le du corpus, ou mettez un vrai fichier à sa place.",
    ),
    "broken_link": ("lien symbolique qui ne mène à rien", "Rétablissez le fichier où il mène, ou retirez ce lien du corpus."),
    "outside_link": (
        "lien symbolique qui sort du corpus : il n’est pas suivi",
        "Mettez dans le corpus une copie de ce où il mène (ou un montage), puis relancez la construction.",
    ),
}
_NOT_RECOGNISED = "La reconnaissance n’y a rien lu, ou [ocr] mode est « off » : ouvrez le fichier à cette page."


def failures(store: Store, listing: Listing, plans: Iterable[Plan], *, installed: bool) -> list[Failure]:
    """The register after a reading; `installed`: character recognition is there."""
    return [*_hidden(listing), *store.unreadable_files(), *_unread_pages(store, installed), *_missing(plans)]


def _hidden(listing: Listing) -> Iterator[Failure]:
    """The folders and names of a corpus that hide files, files that hide themselves, and what only looks like one."""
    for folder in listing.closed:
        advice = "Donnez à votre compte le droit de lire ce dossier, puis relancez la construction."
        yield Failure(folder, "closed_folder", "dossier sans droit de lecture : rien n’y est lu", advice)
    for path in listing.untold:
        advice = "Vérifiez que le disque ou le partage répond, puis relancez la construction."
        yield Failure(path, "cannot_open", "fichier nommé par son dossier, mais introuvable", advice)
    for path in listing.misnamed:
        yield Failure(path, "bad_name", "nom de fichier qui n’est pas en UTF-8", "Renommez ce fichier (par exemple avec convmv).")
    for path, why in listing.refused:
        yield Failure(path, why, *_REFUSED[why])


def _unread_pages(store: Store, installed: bool) -> Iterator[Failure]:
    """The pages whose text could not be had, one by one; a PDF none of whose pages could, once."""
    for path, state, numbers, total in store.unread_pages():
        reason, message, advice = _PAGES[state]
        if state == "scan" and installed:
            advice = _NOT_RECOGNISED
        if len(numbers) == total:
            yield Failure(path, reason, f"toutes les pages ({total}) : {message}", advice)
        else:
            yield from (Failure(path, reason, message, advice, page=number) for number in numbers)


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
