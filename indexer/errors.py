"""The one error tree. Every message names the culprit and the way out, and is shown as it is.

Each edge maps the tree once: the command line to an exit code (`exit_code`), the site to a status and a page.
"""

from pathlib import Path

from indexer.language import gettext


class ChercheVilleError(Exception):
    """Base of every error that a user may see."""

    exit_code = 1


class ConfigError(ChercheVilleError):
    """`config.toml` or an option is wrong; nothing was read or changed."""

    exit_code = 2


class CorpusError(ChercheVilleError):
    """The corpus as a whole cannot be read."""


class UnreadableFile(ChercheVilleError):
    """One file of the corpus cannot be read. `reason` is a short stable code, `advice` what a librarian can do."""

    def __init__(self, reason: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.advice = advice


class StoreError(ChercheVilleError):
    """The store of extracted text cannot be opened or written."""


class IndexLocked(ChercheVilleError):
    """Another process is writing the index."""


class IndexMissing(ChercheVilleError):
    """There is no index yet."""


def index_missing(index: Path) -> IndexMissing:
    """What is raised where there is no index in the folder `index`."""
    return IndexMissing(gettext("Il n’y a pas encore d’index dans « %(index)s ». Lancez : chercheville build", index=index))


class IndexVersionMismatch(ChercheVilleError):
    """The index was made by another version of the software."""


class IndexDamaged(ChercheVilleError):
    """The index is there but cannot be read."""


class ClusterUnreachable(ChercheVilleError):
    """The cluster that holds the index does not answer, or not in time."""


class ClusterRefuses(ChercheVilleError):
    """The cluster answers, but not what was asked: rights, full disks, shards that are away, too much to do."""


class TooManyDossiers(ChercheVilleError):
    """What is asked for needs the texts of more dossiers than are read for one answer."""


class GenerationGone(ChercheVilleError):
    """Figures are asked for of a generation of the index that is no longer in use."""


class UnknownGeneration(ChercheVilleError):
    """Figures are asked for of a generation that the index never had."""


class BackupError(ChercheVilleError):
    """A backup cannot be made, or cannot be taken back."""


class UnknownDossier(ChercheVilleError):
    """No dossier has this identifier."""
