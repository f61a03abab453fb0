"""Why a PDF cannot be read, in words for a librarian."""

from __future__ import annotations

from indexer.errors import UnreadableFile

_WORDS: dict[str, tuple[str, str]] = {
    "empty": ("fichier vide (0 octet)", "Téléchargez-le de nouveau ou retirez-le du corpus."),
    "not_pdf": (
        "ce n’est pas un PDF, malgré son extension",
        "Ouvrez-le pour voir ce que c’est (souvent une page d’erreur du site), puis téléchargez le vrai PDF.",
    ),
    "encrypted": (
        "PDF protégé par un mot de passe",
        "Demandez à son auteur une copie sans mot de passe, ou enregistrez-en une après l’avoir ouvert.",
    ),
    "damaged": ("PDF endommagé ou tronqué", "Téléchargez-le de nouveau ; s’il s’ouvre quand même, réenregistrez-le en PDF."),
    "too_slow": (
        "la lecture de ce PDF a dépassé le temps permis",
        "Réenregistrez-le en PDF (« Imprimer dans un fichier »), ou augmentez [pdf] page_seconds dans config.toml.",
    ),
    "no_memory": (
        "la lecture de ce PDF s’arrête à chaque essai, sans doute faute de mémoire",
        "Réenregistrez-le en PDF (« Imprimer dans un fichier »), ou augmentez [pdf] memory_mb dans config.toml.",
    ),
    "cannot_open": ("fichier impossible à ouvrir", "Vérifiez les droits sur ce fichier, puis relancez la construction."),
}


def unreadable(reason: str) -> UnreadableFile:
    """The error that says `reason` and what to do."""
    return UnreadableFile(reason, *_WORDS[reason])
