"""The OpenAPI 3.1 document, made from the views that serve the API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import flask
import msgspec
from flask import Blueprint, Response, current_app, jsonify
from werkzeug.routing import Rule

from webapp.answers import Problem
from webapp.opening import settings
from webapp.operations import Operation
from webapp.parameters import Parameter

openapi = Blueprint("openapi", __name__, url_prefix="/api/v1")

_REFERENCE = "#/components/schemas/{name}"
_PROBLEMS = {
    "400": "A parameter is unknown, lacking, given too often or of a wrong value.",
    "404": "There is no such dossier, the cursor is of another search, or the index never had that generation.",
    "405": "The address is for reading.",
    "409": "The parameters contradict one another.",
    "410": "The dossier left the index, or the index changed since the cursor was given or that generation was in use.",
    "422": "The answer needs the texts of more dossiers than are read for one answer.",
    "503": "There is no index, or it cannot be read.",
    "default": "Any other error.",
}


@openapi.get("/openapi.json")
def document() -> Response:
    """The document."""
    operations = list(_operations())
    forms = [Problem, *(operation.form for _, operation in operations)]
    shapes, schemas = msgspec.json.schema_components(forms, ref_template=_REFERENCE)
    problem, *answers = shapes
    return jsonify(
        {
            "openapi": "3.1.0",
            "info": {"title": f"{settings().site_name} API", "version": version("chercheville")},
            "servers": [{"url": flask.request.script_root or "/"}],
            "paths": {
                _path(rule): {"get": _operation(rule, operation, answer, problem)}
                for (rule, operation), answer in zip(operations, answers, strict=True)
            },
            "components": {"schemas": schemas},
        }
    )


def _operations() -> Iterator[tuple[Rule, Operation]]:
    for rule in current_app.url_map.iter_rules():
        found = getattr(current_app.view_functions[rule.endpoint], "operation", None)
        if isinstance(found, Operation):
            yield rule, found


def _path(rule: Rule) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", rule.rule)


def _operation(rule: Rule, operation: Operation, answer: dict[str, Any], problem: dict[str, Any]) -> dict[str, Any]:
    told = current_app.view_functions[rule.endpoint].__doc__ or ""
    tag = {"ETag": {"schema": {"type": "string"}}}
    refused = {"application/problem+json": {"schema": problem}}
    return {
        "operationId": rule.endpoint.rpartition(".")[2],
        "summary": told.strip(),
        "parameters": [
            *({"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in sorted(rule.arguments)),
            *map(_parameter, operation.parameters()),
        ],
        "responses": {
            "200": {"description": "The answer.", "headers": tag, "content": {"application/json": {"schema": answer}}},
            "304": {"description": "Nothing changed since the answer with the ETag that `If-None-Match` gives.", "headers": tag},
            **{code: {"description": words, "content": refused} for code, words in _PROBLEMS.items()},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = parameter.schema
    if parameter.many:
        schema = {"type": "array", "items": schema, "maxItems": parameter.most} | ({"minItems": 1} if parameter.required else {})
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.words,
        "required": parameter.required,
        "schema": schema,
    }
