"""The language of a page: French, or English for the addresses that begin with /en."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

import flask
from flask import Flask
from flask_babel import Babel, get_locale, get_translations
from markupsafe import Markup

from indexer.language import FRENCH, Language, in_french, locale, no_break, speak, translated, translated_number

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENGLISH = "/en"
"""What the addresses of the English pages begin with."""
_ASKED = "chercheville.english"


class Prefixed:
    """The application, mounted a second time at /en: every address made while it answers there keeps to it."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if f"{path}/".startswith(f"{ENGLISH}/"):
            root = environ.get("SCRIPT_NAME", "") + ENGLISH
            environ = environ | {"SCRIPT_NAME": root, "PATH_INFO": path[len(ENGLISH) :] or "/", _ASKED: True}
        return self._app(environ, start_response)


def register(app: Flask) -> None:
    """Answer in the language of the address."""
    Babel(app, locale_selector=lambda: "en_GB" if _ASKED in flask.request.environ else "fr")
    app.wsgi_app = Prefixed(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.install_gettext_callables(translated, translated_number, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters["lang"] = lang
    app.context_processor(_languages)
    app.before_request(lambda: speak(Language(get_locale(), get_translations())))
    app.teardown_request(lambda _: speak(FRENCH))


def site_root() -> str:
    """The path of the site without the language."""
    return flask.request.script_root.removesuffix("" if in_french() else ENGLISH)


def lang(code: str | None) -> Markup:
    """The attribute for words that are not in the page's language; `code` is that of the document, None for French."""
    code = code or "fr"
    return Markup("") if code == locale().language else Markup(' lang="{}"').format(code)


def stored(words: str) -> Markup:
    """Words that the index keeps, which are French."""
    return Markup("<span{}>{}</span>").format(lang("fr"), words) if lang("fr") else Markup.escape(no_break(words))


def _languages() -> dict[str, object]:
    """Of this page: its language, and its address in each one."""
    query = flask.request.query_string.decode("latin-1")
    here = quote(flask.request.path) + (f"?{query}" if query else "")
    root = site_root()
    return {"language": locale().language, "in_languages": {"fr": root + here, "en": root + ENGLISH + here}}
