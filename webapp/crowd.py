"""When more requests wait than can soon be answered, new ones are told to come back, so that the others are answered in time."""

from __future__ import annotations

from collections.abc import Callable

import flask
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

EXTENSION = "chercheville-waiting"
RETRY_SECONDS = 2
_ALWAYS = frozenset(("static", "monitoring"))
"""Blueprints and endpoints that cost nothing, and tell whether the site lives."""


def register(app: Flask) -> None:
    """Refuse while too many wait; without a server that says how many do, none is refused."""
    app.before_request(_refuse)


def watch(app: Flask, waiting: Callable[[], int], most: int) -> None:
    """Refuse requests while more than `most` are `waiting`."""
    app.extensions[EXTENSION] = lambda: waiting() > most


def _refuse() -> None:
    crowded = flask.current_app.extensions.get(EXTENSION)
    request = flask.request
    if crowded and not {request.endpoint, request.blueprint} & _ALWAYS and crowded():
        raise ServiceUnavailable(retry_after=RETRY_SECONDS)
