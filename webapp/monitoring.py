"""For who keeps the site: is it alive, can it answer, how much does it do? One line of JSON a request, without personal data."""

from __future__ import annotations

import json
import logging
import time
from datetime import date

import flask
from flask import Blueprint, Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from indexer.engine.contract import Request
from webapp.language import ENGLISH
from webapp.opening import reader

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
ACCESS_LOG = "chercheville.access"
"""The logger of the lines."""
_NOTHING = Request(since=date(1900, 1, 1), until=date(1900, 1, 1), size=1, passages=0)
"""What costs little to look for."""

monitoring = Blueprint("monitoring", __name__)


class Metrics:
    """What is counted of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        names = ("endpoint", "method", "status")
        self.requests = Counter("chercheville_requests", "Requests answered", names, registry=self.registry)
        self.seconds = Histogram(
            "chercheville_request_seconds", "Time to the first byte", ("endpoint",), buckets=_SECONDS, registry=self.registry
        )
        self.dossiers = Gauge("chercheville_index_dossiers", "Dossiers in the index", registry=self.registry)
        self.generation = Gauge("chercheville_index_generation", "Generation of the index", registry=self.registry)
        self.built = Gauge("chercheville_index_built_timestamp_seconds", "When the index was built", registry=self.registry)


EXTENSION = "chercheville-metrics"


def register(app: Flask) -> None:
    """Count and log every request of the application."""
    app.extensions[EXTENSION] = Metrics()
    app.register_blueprint(monitoring)
    app.before_request(_begin)
    app.after_request(_end)


@monitoring.before_request
def _one_address() -> None:
    """Machines read these: only where a proxy expects them are they answered, not among the English pages too."""
    if flask.request.script_root.endswith(ENGLISH):
        flask.abort(404)


@monitoring.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@monitoring.get("/readyz")
def ready() -> Response:
    """The index answers too; what it raises becomes a 503. A cluster may know its index and yet not be able to search it."""
    status = reader().status()
    reader().search(_NOTHING)
    return jsonify({"generation": status.generation, "dossiers": status.dossiers})


@monitoring.get("/metrics")
def metrics() -> Response:
    """For Prometheus."""
    counted, status = _metrics(), reader().status()
    counted.dossiers.set(status.dossiers)
    counted.generation.set(status.generation)
    counted.built.set(status.built_at.timestamp())
    return Response(generate_latest(counted.registry), content_type=CONTENT_TYPE_LATEST)


def _begin() -> None:
    flask.g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    """The path is logged without its query, which holds what a person seeks, and the address of the person not at all."""
    request, seconds = flask.request, time.perf_counter() - flask.g.get("begun", time.perf_counter())
    endpoint = request.endpoint or "none"
    _metrics().requests.labels(endpoint, request.method, response.status_code).inc()
    _metrics().seconds.labels(endpoint).observe(seconds)
    line = {"method": request.method, "endpoint": endpoint, "status": response.status_code, "ms": round(1000 * seconds, 1)}
    logging.getLogger(ACCESS_LOG).info(json.dumps(line))
    return response


def _metrics() -> Metrics:
    found: Metrics = flask.current_app.extensions[EXTENSION]
    return found
