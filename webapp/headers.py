"""The security headers of every answer."""

from __future__ import annotations

from flask import Flask, Response

ALL = "default-src 'none'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
PAGES = f"{ALL}; style-src 'self'; script-src 'self'; connect-src 'self'"
# The PDF viewers of browsers are pages of their own that the policy of the file binds: they need their styles and plug-in
PDFS = f"{ALL}; style-src 'unsafe-inline'; object-src 'self'"


def register(app: Flask) -> None:
    """Set them on every answer of the application."""
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = PDFS if response.mimetype == "application/pdf" else PAGES
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
