"""The page that says how each figure is counted, and how to cite the state of the corpus that it comes from."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer.engine.contract import MOST_EXPRESSIONS, MOST_PERIODS, NEAR
from indexer.trend_table import FEW
from webapp.counting import citation
from webapp.opening import reader

method = Blueprint("method", __name__)


@method.get("/methode")
def page() -> str:
    """The page."""
    return render_template(
        "method.html",
        citation=citation(reader().status()),
        few=FEW,
        expressions=MOST_EXPRESSIONS,
        periods=MOST_PERIODS,
        near=NEAR,
    )
