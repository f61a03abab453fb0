"""The security headers of every answer."""

from __future__ import annotations

from flask import Flask, Response

ALL = "default-src 'none'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
PAGES = f"{ALL}; style-src 'self'; script-src 'self'; connect-src 'self'"
# The PDF viewers of browsers are pages of their own that the policy of the file binds: they need their styles and plug-in.
# What a PDF holds has no part in the site: its origin is its own
PDFS = f"{ALL}; style-src 'unsafe-inline'; object-src 'self'; sandbox"
_OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def register(app: Flask) -> None:
    """Set them on every answer of the application."""
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = PDFS if response.mimetype == "application/pdf" else PAGES
    response.headers.update(_OTHERS)
    return response
