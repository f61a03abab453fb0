"""How much is tried: a part in `make test`, all of it in `make faults`."""

from __future__ import annotations

import os

LONG = os.environ.get("FAULTS") == "long"
