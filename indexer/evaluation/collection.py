"""A test collection in a folder: `*docs.jsonl` and `*queries.jsonl`, one JSON object a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from indexer.errors import ConfigError

Id = str | int


class _Part(msgspec.Struct):
    text: str = ""


class _Doc(msgspec.Struct):
    id: Id
    text: str = ""
    title: str = ""
    themes: list[str] = []
    date: str | None = None
    parts: list[str | _Part] = []


class _Query(msgspec.Struct):
    query: str
    relevant: Id | list[Id]


@dataclass(frozen=True, slots=True)
class Document:
    """One document: `parts` are its texts, each as a page of its own."""

    id: str
    title: str
    parts: tuple[str, ...]
    themes: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the ids of the documents that answer it."""

    query: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """`documents` may be empty: the questions are then about the index in place."""

    documents: tuple[Document, ...]
    questions: tuple[Question, ...]


def read_collection(folder: Path) -> Collection:
    """The collection in `folder`, all its files together. Raises `ConfigError` that names the file and the line."""
    questions = tuple(_question(query) for query, _ in _lines(folder, "*queries.jsonl", _Query))
    if not questions:
        raise ConfigError(f"« {folder} » n’a pas de questions. Il y faut un fichier *queries.jsonl (query, relevant).")
    documents: dict[str, Document] = {}
    for doc, where in _lines(folder, "*docs.jsonl", _Doc):
        if str(doc.id) in documents:
            raise ConfigError(f"{where} : l’identifiant « {doc.id} » a déjà servi. Un identifiant ne va qu’à un document.")
        documents[str(doc.id)] = _document(doc, where)
    if documents and not any(id in documents for question in questions for id in question.relevant):
        raise ConfigError(f"« {folder} » : aucune réponse (relevant) n’est l’identifiant d’un document. Vérifiez-les.")
    return Collection(tuple(documents.values()), questions)


def put_together(collection: Collection) -> Collection:
    """The documents of one title as one long document, of which each is a part."""
    together: dict[str, list[Document]] = defaultdict(list)
    for document in collection.documents:
        together[document.title or document.id].append(document)
    whole = {document.id: group[0].id for group in together.values() for document in group}
    documents = (_joined(group) for group in together.values())
    questions = (
        Question(question.query, tuple(dict.fromkeys(whole.get(id, id) for id in question.relevant)))
        for question in collection.questions
    )
    return Collection(tuple(documents), tuple(questions))


def _joined(group: list[Document]) -> Document:
    themes = dict.fromkeys(theme for document in group for theme in document.themes)
    parts = tuple(part for document in group for part in document.parts)
    return Document(group[0].id, group[0].title, parts, tuple(themes), group[0].day)


def _question(query: _Query) -> Question:
    relevant = query.relevant if isinstance(query.relevant, list) else [query.relevant]
    return Question(query.query, tuple(str(id) for id in relevant))


def _document(doc: _Doc, where: str) -> Document:
    parts = tuple(part if isinstance(part, str) else part.text for part in doc.parts)
    if parts and doc.text and doc.text not in "\n".join(parts):
        parts = (doc.text, *parts)
    return Document(str(doc.id), doc.title, parts or (doc.text,), tuple(doc.themes), _day(doc.date, where))


def _day(text: str | None, where: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ConfigError(f"{where} : « {text} » n’est pas une date. Écrivez 2017-05-11.") from None


def _lines(folder: Path, pattern: str, kind: Any) -> Iterator[tuple[Any, str]]:
    """Every line of the files, with where it stands."""
    if not folder.is_dir():
        raise ConfigError(f"« {folder} » n’est pas un dossier. Donnez celui des fichiers *docs.jsonl et *queries.jsonl.")
    decoder = msgspec.json.Decoder(kind)
    for path in sorted(folder.glob(pattern)):
        try:
            lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
        except OSError as error:
            raise ConfigError(f"« {path} » ne peut être lu ({error.strerror}).") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _decoded(decoder, line, where := f"{path}, ligne {number}"), where


def _decoded(decoder: Any, line: bytes, where: str) -> Any:
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ConfigError(f"{where} : ligne non comprise ({error}). Il y faut un objet JSON en UTF-8.") from error
