"""Text for the terminal: lines of 80 columns, words in bold, numbers with their noun."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap

from indexer.engine.contract import Line, Passage
from indexer.model import Attachment, Card


def attachment_of(card: Card, passage: Passage | Line) -> Attachment | None:
    return None if passage.attachment is None else card.attachments[passage.attachment]


# Marks that survive wrapping: they are no space, and no text has them
ON, OFF = "\ue000", "\ue001"


def plain(passage: Passage) -> str:
    return "".join(f"{ON}{text}{OFF}" if matched else text for text, matched in passage.segments)


def marked(text: str) -> str:
    if not sys.stdout.isatty():
        return text.replace(ON, "").replace(OFF, "")
    return text.replace(ON, "\x1b[1m").replace(OFF, "\x1b[22m")


_COMMAND = re.compile(r"chercheville show \w+|chercheville \w+(?: --\w+)*|--mots \w+(?: --mots \w+)*")
_JOINED = "\ue002"


def wrapped(text: str, indent: str = "") -> str:
    """`text` in at most 80 columns; a command to copy stays on one line."""
    width = min(80, shutil.get_terminal_size().columns)
    text = _COMMAND.sub(lambda command: command.group().replace(" ", _JOINED), text)
    lines = textwrap.fill(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return lines.replace(_JOINED, " ")


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"
