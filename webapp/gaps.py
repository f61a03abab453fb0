"""The page of what is lacking: files that could not be read and linked PDFs that are not there, why, and what a reader can do."""

from __future__ import annotations

from dataclasses import dataclass

import flask
from flask import Blueprint, render_template, url_for

from indexer.condition import failures_of
from indexer.french import day_words
from indexer.model import Failure
from webapp.opening import settings
from webapp.state import page_of

PER_PAGE = 200

gaps = Blueprint("gaps", __name__)

_READABLE = "Ouvrez le fichier depuis son dossier : il se lit peut-être, mais la recherche n’en connaît pas les mots."
_ADVICE = {
    "missing": "Demandez-le à qui l’a publié : son adresse est donnée ici et dans le dossier qui le lie.",
    "encrypted": "Ouvrez le fichier depuis son dossier, avec son mot de passe ; la recherche n’en connaît pas les mots.",
    "needs_ocr": "Ouvrez le PDF à cette page : c’est une image, dont la recherche ne connaît pas les mots.",
    "closed_folder": "Signalez-le à la personne qui tient ce site : tout un dossier du corpus lui échappe.",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A file, or a page of one, that a reader will not find. `advice` is for readers, `repair` for who keeps the site."""

    name: str
    page: int
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
    return Gap(failure.path, failure.page, failure.message, since, _ADVICE.get(failure.reason, _READABLE), failure.advice)
