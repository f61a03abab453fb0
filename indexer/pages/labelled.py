"""What do the values found under a page's labels amount to: dates, places, bodies in their roles, tags?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from indexer.model import Organisation, OrganisationRole
from indexer.pages.calendar_lines import event_lines
from indexer.pages.label_table import Label

IN_TEXT: frozenset[Label] = frozenset(("organiser", "participant", "partner", "structure", "calendar", "hours", "other"))
"""Facts that stay in the text as well."""
ROLES: tuple[OrganisationRole, ...] = get_args(OrganisationRole)
_LONGEST_NAMES = 80
_LONGEST_ADDRESS = 2_000
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}-\d{4,5}|\d{5})\b(?=\s+[^\W\d])")
_LOCATED = re.compile(r"\((?:\d{2,3}|2[AB])\)|\b\d{5}\b")
_CLOCK = r"\d{1,2}\s?(?:h|:|heures?\b)\s?(?:\d\d)?"
_HOURS = re.compile(rf"(?:(?:de|des|à|dès|à partir de|accueil)\s+)?{_CLOCK}(?:\s*(?:-|–|—|à|au|jusqu.à)\s*{_CLOCK})?\W*", re.I)


class Labelled(NamedTuple):
    """The fields of a page that its labels give."""

    dates: tuple[str, ...]
    places: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    tags: tuple[str, ...]


def labelled(values: Mapping[Label, Sequence[str]]) -> Labelled:
    """The facts of all values of a page, by label, in the order in which they were found."""
    structure = values.get("structure", ())
    bodies = (Organisation(name, role) for role in ROLES for name in values.get(role, ()))
    return Labelled(
        _distinct(_dates(values)),
        _distinct([*values.get("places", ()), *values.get("dates_places", ())] or filter(_LOCATED.search, structure)),
        tuple(dict.fromkeys(bodies)),
        _distinct(values.get("tags", ())),
    )


def _dates(values: Mapping[Label, Sequence[str]]) -> Sequence[str]:
    """The values of date labels, a single one with the last day or the hours that a label of their own gives."""
    dates = [*values.get("dates", ()), *values.get("dates_places", ())]
    ends, hours = values.get("end", ()), values.get("hours", ())
    if len(dates) == len(ends) == 1 and dates != ends:
        dates = [f"du {dates[0]} au {ends[0]}"]
    if len(dates) == len(hours) == 1 and _HOURS.fullmatch(hours[0]) and not re.search(_CLOCK, dates[0]):
        dates = [f"{dates[0]}, {hours[0]}"]
    return dates or ends or event_lines(values.get("calendar", ()))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def is_sentence(value: str) -> bool:
    """Whether a value reads as prose rather than as names."""
    return len(value) > _LONGEST_NAMES and value.rstrip().endswith((".", "!", "?", "…"))


def addresses_of(lines: Sequence[str]) -> list[str]:
    """The lines of one place field as places: the lines that lead to a postal code are one."""
    places: list[str] = []
    coded = [_POSTCODE.search(line) is not None for line in lines]
    last_coded = max((index for index, has in enumerate(coded) if has), default=-1)
    complete = False
    for index, line in enumerate(lines):
        last = places[-1] if places else ""
        leads_on = not complete and (line[0].isdigit() or index <= last_coded)
        if last and len(last) < _LONGEST_ADDRESS and (leads_on or last.endswith((",", "-", "–")) or line.lower() == "france"):
            places[-1] = f"{last.rstrip(' ,')}, {line}"
            complete |= coded[index]
        else:
            places.append(line)
            complete = coded[index]
    return places


def split_tags(value: str) -> list[str]:
    """The tags of a line: parted by ";" or "|" where there are any, else by commas."""
    parts = re.split(r"[;|]" if re.search(r"[;|]", value) else ",", value)
    return [tag for part in parts if (tag := part.strip(" .-•*"))]
