"""Serving the site with a real WSGI server. With the command line, the only place of the indexer that knows of the site."""

from __future__ import annotations

import errno
import logging
import resource
import socket

import click
import waitress

from indexer.config import Settings
from indexer.errors import ChercheVilleError, ConfigError
from webapp import create_app
from webapp.crowd import watch
from webapp.monitoring import ACCESS_LOG

_CONNECTIONS = 4_000
"""Open at the same time, most of them idle."""
OPTIONS = {
    "connection_limit": _CONNECTIONS,
    "asyncore_use_poll": True,
    "channel_request_lookahead": 1,  # it goes on listening: who leaves before being answered costs nothing
}
"""Of the WSGI server."""
_OTHER_FILES = 256
_WAITING = 4
"""Requests that may wait for each thread."""


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises `ConfigError` when the address cannot be listened on."""
    _allow_connections()
    app = create_app(settings)
    try:
        server = waitress.create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident=None,
            clear_untrusted_proxy_headers=not settings.proxies,  # the application itself knows how many to believe
            **OPTIONS,
        )
    except socket.gaierror as error:
        raise ConfigError(f"L’adresse « {settings.host} » n’existe pas sur cette machine ({error.strerror}).") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ChercheVilleError(
                f"Le port {settings.port} est déjà pris. Arrêtez l’autre serveur, ou choisissez un port avec --port."
            ) from error
        raise ChercheVilleError(f"Impossible d’écouter sur {settings.host}:{settings.port} ({error.strerror}).") from error
    watch(app, lambda: len(server.task_dispatcher.queue), _WAITING * settings.threads)
    _log_requests()
    click.echo(f"ChercheVille : http://{settings.host}:{settings.port}/  (Ctrl-C pour arrêter)")
    server.run()


def _allow_connections() -> None:
    """Let the process open as many files as the connections take, as far as the machine allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _log_requests() -> None:
    """A line of JSON a request, on the error output, as services are watched."""
    access = logging.getLogger(ACCESS_LOG)
    access.addHandler(logging.StreamHandler())
    access.setLevel(logging.INFO)
    access.propagate = False
