"""The event that a page describes for search engines (schema.org, as JSON-LD or microdata): when, where, by whom?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.pages.label_table import Label

_EVENT = re.compile(r"(?:^|/)(?:\w+)?Event$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = ("streetAddress", "postalCode", "addressLocality", "addressCountry")
_LARGEST = 200_000
_DEEPEST = 20


def event_values(tree: LexborHTMLParser) -> dict[Label, list[str]]:
    """The values that the page's one event gives, by label; empty when it describes none, or several (a list of events)."""
    events = [*_json_events(tree), *_microdata_events(tree)]
    if len({(event.get("startDate"), event.get("name")) for event in events}) != 1:
        return {}
    event = events[0]
    values: dict[Label, list[str]] = {
        "dates": list(_dates(event)),
        "places": [place for one in _many(event.get("location")) if (place := _place(one))],
        "organiser": [name for one in _many(event.get("organizer")) if (name := _name(one))],
    }
    return {label: found for label, found in values.items() if found}


def _json_events(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for script in tree.css('script[type="application/ld+json"]')[:50]:
        text = script.text()
        try:
            yield from _events(json.loads(text)) if len(text) <= _LARGEST else ()
        except (ValueError, RecursionError):
            continue


def _events(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _events(one, depth + 1) if depth < _DEEPEST else ()
    elif isinstance(value, dict):
        if any(isinstance(kind, str) and _EVENT.search(kind) for kind in _many(value.get("@type"))):
            yield value
        else:
            yield from _events(value.get("@graph"), depth + 1) if depth < _DEEPEST else ()


def _microdata_events(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css("[itemtype]")[:50]:
        if _EVENT.search(node.attributes.get("itemtype") or ""):
            yield {
                name: _item(found)
                for name in ("name", "startDate", "endDate", "location", "organizer")
                if (found := _prop(node, name))
            }


def _prop(node: LexborNode, name: str) -> LexborNode | None:
    return node.css_first(f'[itemprop~="{name}"]')


def _item(node: LexborNode) -> Any:
    attributes = node.attributes
    if "itemscope" not in attributes:
        return attributes.get("content") or attributes.get("datetime") or re.sub(r"\s+", " ", node.text(separator=" ")).strip()
    names = ("name", "address", *_ADDRESS)
    return {name: _item(found) for name in names if (found := _prop(node, name)) is not None}


def _dates(event: dict[str, Any]) -> Iterator[str]:
    """The start as written there, with the end when it is another: the instant's own clock, never moved by its zone."""
    start, end = (str(event.get(name) or "") for name in ("startDate", "endDate"))
    if _DAY.match(start):
        yield f"du {_clock(start)} au {_clock(end)}" if _DAY.match(end) and end != start else _clock(start)


def _clock(moment: str) -> str:
    """ "2019-05-12T09:00:00+02:00" as "2019-05-12 09:00"; a midnight is no hour."""
    found = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?", moment)
    day, hour = found.groups() if found else (moment, None)
    return f"{day} {hour}" if hour and hour not in ("00:00", "23:59") else day


def _place(location: Any) -> str:
    if not isinstance(location, dict):
        return location.strip() if isinstance(location, str) else ""
    if location.get("@type") == "VirtualLocation":
        return "en ligne"
    address = location.get("address")
    if isinstance(address, dict):
        parts = [address.get(name) for name in _ADDRESS]
        street, postcode, town, country = (part.strip() if isinstance(part, str) else "" for part in parts)
        address = ", ".join(
            filter(None, (street, f"{postcode} {town}".strip(), "" if country.upper() in ("FR", "FRANCE") else country))
        )
    name = _name(location)
    written = address.strip() if isinstance(address, str) else ""
    return ", ".join(part for part in (name if name not in written else "", written) if part)


def _name(value: Any) -> str:
    name = value.get("name") if isinstance(value, dict) else value
    return name.strip() if isinstance(name, str) else ""


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
