"""The page that says how each figure is counted, and how to cite the state of the corpus that it comes from."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer.engine.contract import MOST_EXPRESSIONS, MOST_PERIODS
from indexer.language import gettext, number_words
from indexer.trend_table import FEW
from indexer.wording import moment_words
from webapp.labels import dossiers
from webapp.opening import reader, settings

method = Blueprint("method", __name__)


@method.get("/methode")
def page() -> str:
    """The page."""
    status = reader().status()
    citation = gettext(
        "%(site)s, état %(generation)s de l’index, construit le %(day)s : %(dossiers)s, %(pages)s pages de PDF.",
        site=settings().site_name,
        generation=status.generation,
        day=moment_words(status.built_at),
        dossiers=dossiers(status.dossiers),
        pages=number_words(status.pages),
    )
    return render_template("method.html", citation=citation, few=FEW, expressions=MOST_EXPRESSIONS, periods=MOST_PERIODS)
