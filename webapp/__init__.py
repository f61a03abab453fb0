"""ChercheVille's site: pages and an API over a `Reader`. It never writes the index, and opens it at the first question."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer import Settings, load_settings
from indexer.engine.contract import Reader
from indexer.language import no_break, number_words
from webapp import (
    api,
    caching,
    collocates,
    concordance,
    crowd,
    discovery,
    errors,
    feed,
    gaps,
    gone,
    headers,
    keywords,
    language,
    method,
    monitoring,
    openapi,
    trends,
    trust,
    values,
    views,
)
from webapp.exports.views import exports
from webapp.labels import dossiers, pages, suggestion_kinds
from webapp.opening import EXTENSION, Opening, settings


def create_app(settings: Settings | None = None, reader: Reader | None = None) -> Flask:
    """The WSGI application. Without `settings`, those of ./config.toml; without `reader`, the one the settings name.

    There may be no index yet: pages then say so, and answer as soon as there is one. Raises `ConfigError`.
    """
    app = Flask(__name__)
    opening = app.extensions[EXTENSION] = Opening(settings or load_settings(), reader)
    app.extensions[trust.EXTENSION] = trust.Freshness(opening.settings)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(number=number_words, dossiers=dossiers, pages=pages, no_break=no_break)
    app.context_processor(_site)
    language.register(app)
    proxies = opening.settings.proxies
    app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies, x_prefix=proxies)  # type: ignore[method-assign]
    crowd.register(app)
    app.register_blueprint(views.site)
    app.register_blueprint(api.api)
    app.register_blueprint(openapi.openapi)
    app.register_blueprint(exports)
    app.register_blueprint(feed.feed)
    app.register_blueprint(gaps.gaps)
    app.register_blueprint(values.values)
    app.register_blueprint(concordance.concordance)
    app.register_blueprint(trends.trends)
    app.register_blueprint(keywords.keywords)
    app.register_blueprint(collocates.collocates)
    app.register_blueprint(method.method)
    app.register_blueprint(discovery.discovery)
    errors.register(app)
    gone.register(app)
    caching.register(app)
    headers.register(app)
    monitoring.register(app)
    return app


def _site() -> dict[str, object]:
    return {"site_name": settings().site_name, "trust": trust.trust(), "suggestion_kinds": suggestion_kinds}
