"""An operation of the API: its parameters are checked, its answer is made into its form, and the OpenAPI document tells both."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import flask
from flask import Response

from webapp.answers import Answer, encoded
from webapp.parameters import Parameter, check

Parameters = Callable[[], tuple[Parameter, ...]]
View = Callable[..., dict[str, Any]]


class Operation(NamedTuple):
    """What a view of the API takes and gives; `parameters` may depend on the settings of the site."""

    form: type[Answer]
    parameters: Parameters


def operation(form: type[Answer], parameters: Parameters = tuple) -> Callable[[View], Callable[..., Response]]:
    """Makes the values that a view returns into an answer of that form, for requests with these parameters alone."""

    def served(view: View) -> Callable[..., Response]:
        @wraps(view)
        def serve(**path: str) -> Response:
            check(flask.request.args, parameters())
            return Response(encoded(view(**path), form), mimetype="application/json")

        serve.operation = Operation(form, parameters)  # type: ignore[attr-defined]
        return serve

    return served
