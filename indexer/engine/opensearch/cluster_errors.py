"""The words for what can be wrong with a cluster: which, what about it, and the way out."""

from __future__ import annotations

from indexer.config import Settings
from indexer.errors import ChercheVilleError, ClusterRefuses, ClusterUnreachable, IndexMissing
from indexer.language import gettext, gettext_noop

_CAUSES: dict[str, tuple[type[ChercheVilleError], str]] = {
    "away": (
        ClusterUnreachable,
        gettext_noop("Le cluster OpenSearch ne répond pas (%(addresses)s). Vérifiez qu’il est en marche, et [engine] addresses."),
    ),
    "slow": (
        ClusterUnreachable,
        gettext_noop(
            "Le cluster OpenSearch (%(addresses)s) répond trop lentement (> %(seconds)s s). Voyez ce qui le charge, ou augmentez"
            " [engine] timeout_seconds."
        ),
    ),
    "untrusted": (
        ClusterUnreachable,
        gettext_noop(
            "Le certificat du cluster OpenSearch (%(addresses)s) n’est pas reconnu. Nommez le fichier de son autorité dans"
            " [engine] ca_file, et prenez dans [engine] addresses les noms que porte le certificat."
        ),
    ),
    "stranger": (
        ClusterUnreachable,
        gettext_noop("Ce qui répond à %(addresses)s n’est pas OpenSearch. Corrigez [engine] addresses."),
    ),
    "unready": (
        ClusterRefuses,
        gettext_noop(
            "Le cluster OpenSearch (%(addresses)s) n’est pas en état de répondre. Vérifiez que la plupart de ses nœuds sont en"
            " marche."
        ),
    ),
    "shards": (
        ClusterRefuses,
        gettext_noop(
            "Une partie de l’index « %(index)s » n’est pas disponible dans le cluster OpenSearch (%(addresses)s). Remettez ses"
            " nœuds en marche ; si des données sont perdues, lancez : chercheville build --full"
        ),
    ),
    "busy": (
        ClusterRefuses,
        gettext_noop(
            "Le cluster OpenSearch (%(addresses)s) a trop à faire pour répondre. Réessayez dans un moment ; si cela dure,"
            " donnez-lui de la mémoire ou des nœuds."
        ),
    ),
    "unknown": (
        ClusterRefuses,
        gettext_noop(
            "Le cluster OpenSearch (%(addresses)s) ne reconnaît pas qui l’interroge. Vérifiez [engine] user et password_file, ou"
            " api_key_file."
        ),
    ),
    "forbidden": (
        ClusterRefuses,
        gettext_noop(
            "Le cluster OpenSearch (%(addresses)s) n’accorde pas au compte les droits nécessaires sur « %(index)s* »."
            " Accordez-les-lui dans le cluster."
        ),
    ),
    "full": (
        ClusterRefuses,
        gettext_noop(
            "Le cluster OpenSearch (%(addresses)s) n’accepte plus d’écriture : ses disques sont presque pleins. Faites-y de la"
            " place, puis relancez la commande ; l’index en place sert toujours."
        ),
    ),
    "blocked": (
        ClusterRefuses,
        gettext_noop(
            "L’index « %(index)s » du cluster OpenSearch (%(addresses)s) est bloqué. Levez ses blocages (réglages"
            " index.blocks.*), puis relancez la commande."
        ),
    ),
    "closed": (
        ClusterRefuses,
        gettext_noop(
            "L’index « %(index)s » du cluster OpenSearch (%(addresses)s) est fermé. Rouvrez-le dans le cluster, ou lancez :"
            " chercheville build --full"
        ),
    ),
    "other": (
        ClusterRefuses,
        gettext_noop(
            "Le cluster OpenSearch (%(addresses)s) a refusé une demande (%(kind)s). Réessayez ; si cela dure, voyez le journal de"
            " ses nœuds."
        ),
    ),
    "miscounted": (
        ClusterRefuses,
        gettext_noop(
            "Le cluster OpenSearch (%(addresses)s) n’a pas tous les dossiers envoyés (%(kind)s). L’index en place n’a pas été"
            " remplacé. Voyez le journal de ses nœuds, puis lancez : chercheville build"
        ),
    ),
    "missing": (
        IndexMissing,
        gettext_noop(
            "Il n’y a pas encore d’index « %(index)s » dans le cluster OpenSearch (%(addresses)s). Lancez : chercheville build"
        ),
    ),
}


def cluster_error(cause: str, settings: Settings, kind: str = "") -> ChercheVilleError:
    """The error for a cause; `kind` is OpenSearch's own name for one that has no words here."""
    error, message = _CAUSES[cause]
    addresses = ", ".join(settings.engine_addresses)
    return error(gettext(message, addresses=addresses, index=settings.engine_index, seconds=settings.engine_timeout, kind=kind))
