"""The page of what is lacking: files that could not be read and linked PDFs that are not there, why, and what a reader can do."""

from __future__ import annotations

from dataclasses import dataclass

import flask
from flask import Blueprint, render_template, url_for

from indexer.condition import failures_of
from indexer.language import gettext, gettext_noop, in_french
from indexer.model import Failure
from indexer.wording import day_words
from webapp.opening import settings
from webapp.state import page_of

PER_PAGE = 200

gaps = Blueprint("gaps", __name__)

_READABLE = gettext_noop(
    "Ouvrez le fichier depuis son dossier : il se lit peut-être, mais la recherche n’en connaît pas les mots."
)
_ADVICE = {
    "missing": gettext_noop("Demandez-le à qui l’a publié : son adresse est donnée ici et dans le dossier qui le lie."),
    "encrypted": gettext_noop("Ouvrez le fichier depuis son dossier, avec son mot de passe ; la recherche n’en a pas les mots."),
    "needs_ocr": gettext_noop("Ouvrez le PDF à cette page : c’est une image, dont la recherche ne connaît pas les mots."),
    "closed_folder": gettext_noop("Signalez-le à la personne qui tient ce site : tout un dossier du corpus lui échappe."),
}
_REASONS = {
    "missing": gettext_noop("PDF lié par une page, absent du corpus"),
    "encrypted": gettext_noop("PDF protégé par un mot de passe"),
    "needs_ocr": gettext_noop("page numérisée, sans texte"),
    "closed_folder": gettext_noop("dossier sans droit de lecture"),
    "bad_name": gettext_noop("nom de fichier qui n’est pas en UTF-8"),
    "broken_link": gettext_noop("lien symbolique qui ne mène à rien"),
    "cannot_open": gettext_noop("fichier impossible à ouvrir"),
    "cut": gettext_noop("fin du fichier perdue ou abîmée"),
    "damaged": gettext_noop("fichier endommagé ou tronqué"),
    "empty": gettext_noop("fichier vide"),
    "no_memory": gettext_noop("lecture arrêtée, sans doute faute de mémoire"),
    "no_text": gettext_noop("aucune page ne contient de texte ni d’image"),
    "not_pdf": gettext_noop("ce n’est pas un PDF, malgré son extension"),
    "not_text": gettext_noop("ce n’est pas du texte"),
    "outside_link": gettext_noop("lien symbolique qui sort du corpus"),
    "special_file": gettext_noop("ni fichier ni dossier"),
    "too_large": gettext_noop("fichier trop grand pour une page"),
    "too_slow": gettext_noop("lecture trop longue"),
    "unreadable_page": gettext_noop("page illisible"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A file, or a page of one, that a reader will not find. `reason` is said in the page's language where the index, which is in
    French, says `why`. `advice` is for readers, `repair` for who keeps the site, in French."""

    name: str
    page: int
    reason: str
    why: str
    since: str
    advice: str
    repair: str


@gaps.get("/lacunes")
def lacking() -> str:
    """All of the register, some at a time."""
    found = failures_of(settings())
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(page_of(flask.request.args), pages)
    return render_template(
        "gaps.html",
        total=len(found),
        gaps=[_gap(failure) for failure in found[(number - 1) * PER_PAGE : number * PER_PAGE]],
        number=number,
        pages=pages,
        previous=url_for("gaps.lacking", page=number - 1) if number > 1 else None,
        next=url_for("gaps.lacking", page=number + 1) if number < pages else None,
    )


def _gap(failure: Failure) -> Gap:
    since = day_words(failure.since_day) if failure.since_day else ""
    reason = "" if in_french() else gettext(_REASONS[failure.reason])
    advice = gettext(_ADVICE.get(failure.reason, _READABLE))
    return Gap(failure.path, failure.page, reason, failure.message, since, advice, failure.advice)
