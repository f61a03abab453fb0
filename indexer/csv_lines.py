"""Lines of CSV that a spreadsheet reads as they are meant."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_line(values: Iterable[str]) -> str:
    """The values as a line; none is taken for a formula (OWASP, "CSV Injection")."""
    out = StringIO()
    csv.writer(out).writerow(f"'{value}" if value.startswith(_FORMULA) else value for value in values)
    return out.getvalue()
