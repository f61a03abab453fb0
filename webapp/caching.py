"""Conditional requests (RFC 9110, 13): a page or an answer that has not changed is not sent again."""

from __future__ import annotations

import flask
from flask import Flask, Response


def register(app: Flask) -> None:
    """Give answers their entity tag."""
    app.after_request(_conditional)


def _conditional(response: Response) -> Response:
    """The tag is a digest of what is sent: it changes with the index, the language, the day. Streams have none."""
    if flask.request.method not in ("GET", "HEAD") or response.status_code != 200 or response.is_streamed:
        return response
    response.cache_control.no_cache = True  # kept, but asked for again
    response.add_etag()
    response.make_conditional(flask.request)  # changes the response in place
    return response
