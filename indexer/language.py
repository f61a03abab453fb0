"""In which language facts are told: French, unless the edge that tells them (the site) speaks another one.

Messages are written in French in the code; another language is a gettext catalogue of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextvars import ContextVar
from functools import lru_cache
from gettext import NullTranslations
from typing import NamedTuple

from babel import Locale
from babel.numbers import format_decimal

NBSP = "\N{NO-BREAK SPACE}"
_BREAK = re.compile(r"(?<=«) | (?=[»:;!?](?:\s|$))")


class Language(NamedTuple):
    """How days and numbers are written, and the messages in place of the French ones."""

    locale: Locale
    translations: NullTranslations


FRENCH = Language(Locale("fr"), NullTranslations())
_spoken: ContextVar[Language] = ContextVar("language", default=FRENCH)


def speak(language: Language) -> None:
    """Tell what follows in this thread in that language."""
    _spoken.set(language)


def kept(lines: Iterator[str]) -> Iterator[str]:
    """The lines, told in the language spoken now however late they are made."""
    language = _spoken.get()

    def told() -> Iterator[str]:
        speak(language)
        try:
            yield from lines
        finally:
            speak(FRENCH)

    return told()


def locale() -> Locale:
    """That of the language spoken."""
    return _spoken.get().locale


def in_french() -> bool:
    """Whether French is spoken."""
    return locale().language == "fr"


def gettext_noop(message: str) -> str:
    """Marks a message that is translated where it is said."""
    return message


def translated(message: str) -> str:
    """The message in the language spoken, its placeholders as they are."""
    return _french(message) if in_french() else _spoken.get().translations.gettext(message)


def translated_number(one: str, many: str, number: int) -> str:
    """The form of the message for that many, which stays with its noun; in French zero is singular."""
    french = _french(one if abs(number) < 2 else many)
    form = french if in_french() else _spoken.get().translations.ngettext(one, many, number)
    return form.replace("%(num)s ", f"%(num)s{NBSP}")


def gettext(message: str, **values: object) -> str:
    """The message in the language spoken, `values` at their %(name)s."""
    words = translated(message)
    return words % values if values else words


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The form of the message for that many, which stands at %(num)s."""
    return translated_number(one, many, number) % {"num": number_words(number), **values}


def number_words(number: int) -> str:
    """ "12 345", with a narrow no-break space, in French."""
    return _number_words(number, locale().language)


@lru_cache(maxsize=4096)  # a page of results writes hundreds of counts, mostly small ones
def _number_words(number: int, written: str) -> str:
    return format_decimal(number, locale=written)


@lru_cache(maxsize=1024)  # there are fewer messages, and a page says some of them hundreds of times
def _french(message: str) -> str:
    return no_break(message)


def no_break(words: str) -> str:
    """The words with no-break spaces where French wants them: inside « » and before : ; ! ?"""
    return _BREAK.sub(NBSP, words)
