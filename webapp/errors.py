"""Every error becomes, here only, a status and a page (problem+json where programs ask)."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus

import flask
from flask import Flask, Response, current_app, jsonify, make_response, render_template
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    RequestURITooLarge,
    ServiceUnavailable,
    TooManyRequests,
)

from indexer.errors import (
    ChercheVilleError,
    ClusterRefuses,
    ClusterUnreachable,
    GenerationGone,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexVersionMismatch,
    StoreError,
    TooManyDossiers,
    UnknownDossier,
    UnknownGeneration,
)
from indexer.language import gettext, gettext_noop
from webapp.cursor import CursorExpired, UnknownCursor
from webapp.state import BadSearch, Contradiction


class FileGone(ChercheVilleError):
    """A PDF of a dossier cannot be served: it was never in the corpus, or is there no longer."""


STATUSES: dict[type[ChercheVilleError], HTTPStatus] = {
    UnknownDossier: HTTPStatus.NOT_FOUND,
    FileGone: HTTPStatus.NOT_FOUND,
    BadSearch: HTTPStatus.BAD_REQUEST,
    Contradiction: HTTPStatus.CONFLICT,
    TooManyDossiers: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownCursor: HTTPStatus.NOT_FOUND,
    CursorExpired: HTTPStatus.GONE,
    GenerationGone: HTTPStatus.GONE,
    UnknownGeneration: HTTPStatus.NOT_FOUND,
    IndexMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    IndexVersionMismatch: HTTPStatus.SERVICE_UNAVAILABLE,
    IndexDamaged: HTTPStatus.SERVICE_UNAVAILABLE,
    IndexLocked: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    ClusterUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    ClusterRefuses: HTTPStatus.SERVICE_UNAVAILABLE,
}
LONGEST = 32_000
"""Bytes of the query string of an address, more than any search needs (RFC 9110, 4.1)."""
_FOR_PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics")
TITLES: dict[int, str] = {
    400: gettext_noop("Requête non comprise"),
    404: gettext_noop("Page introuvable"),
    405: gettext_noop("Action impossible ici"),
    409: gettext_noop("Demande contradictoire"),
    410: gettext_noop("Ceci n’est plus là"),
    414: gettext_noop("Adresse trop longue"),
    422: gettext_noop("Trop de textes à lire"),
    429: gettext_noop("Trop de demandes à la fois"),
    500: gettext_noop("Erreur du site"),
    503: gettext_noop("La recherche n’est pas disponible pour le moment"),
}
MESSAGES: dict[int, str] = {
    400: gettext_noop("Le site n’a pas compris cette demande. L’adresse a sans doute été abîmée en étant copiée."),
    404: gettext_noop("Aucune page n’a cette adresse. Le dossier a pu être retiré du corpus, ou l’adresse être coupée."),
    405: gettext_noop("Les pages de ce site se lisent ; rien ne peut y être envoyé."),
    414: gettext_noop("Cette adresse est trop longue pour être lue. Cherchez moins de mots, ou retirez des filtres."),
    503: gettext_noop("Trop de demandes arrivent à la fois pour que toutes aient une réponse. Réessayez dans quelques secondes."),
    429: gettext_noop("D’autres exports sont en cours. Réessayez dans quelques secondes."),
    500: gettext_noop(
        "Ce n’est pas de votre fait : une erreur s’est produite dans le site. Elle a été inscrite dans son journal."
    ),
}


def register(app: Flask) -> None:
    """Answer every error of the application."""
    app.before_request(_short)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(ChercheVilleError, known)
    app.register_error_handler(Exception, _unforeseen)


def _short() -> None:
    """Bounds the work of reading an address."""
    if len(flask.request.query_string) > LONGEST:
        raise RequestURITooLarge


def _http(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if error.response or code < 400:
        return error
    answer = _answer(code, gettext(MESSAGES.get(code, MESSAGES[400 if code < 500 else 500])))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(error.valid_methods)
    if isinstance(error, TooManyRequests | ServiceUnavailable):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def known(error: ChercheVilleError) -> Response:
    """The answer to an error of the tree."""
    status = STATUSES.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)
    if status >= 500:
        current_app.logger.error("%s: %s", type(error).__name__, error)
    wrong = error.problems if isinstance(error, BadSearch) else ()
    return _answer(status, str(error), **({"errors": [asdict(problem) for problem in wrong]} if wrong else {}))


def _unforeseen(error: Exception) -> Response | HTTPException:
    current_app.logger.exception("error while answering %r", flask.request.path, exc_info=error)
    return _http(InternalServerError())


def _answer(code: int, message: str, **more: object) -> Response:
    """A page, or for programs a problem with `more` members."""
    title = gettext(TITLES.get(code, TITLES[400 if code < 500 else 500]))
    if flask.request.path.startswith(_FOR_PROGRAMS):
        return problem(code, title, message, **more)
    own = code == HTTPStatus.SERVICE_UNAVAILABLE and message != gettext(MESSAGES[503])
    return make_response(render_template("error.html", code=int(code), title=title, message=message, no_index=own), code)


def problem(code: int, title: str, message: str, **more: object) -> Response:
    """An error as programs read it (RFC 9457), `more` as members of its own."""
    answer = jsonify({"type": "about:blank", "title": title, "status": int(code), "detail": message, **more})
    answer.mimetype = "application/problem+json"
    answer.status_code = code
    return answer
