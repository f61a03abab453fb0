"""XML answers: templates escape what they show; here goes what XML 1.0 cannot hold at all."""

from __future__ import annotations

import re

from flask import Response

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_response(text: str, media_type: str) -> Response:
    """A document of that type."""
    return Response(_NOT_XML.sub("", text), mimetype=media_type)
