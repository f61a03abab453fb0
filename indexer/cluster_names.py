"""Are the addresses and the index name of [engine] such that a cluster can be asked by them? None for yes, else what is wrong.

An address may hold a secret that has no place in it, so no answer repeats one.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_NAME = re.compile(r"[^-_+.\s,:\"*/\\|?#<>][^+\s,:\"*/\\|?#<>]*")
_LONGEST = 200
"""Bytes of an index name; OpenSearch takes 255, of which some are ours to number the indexes by."""
_EXAMPLE = "écrivez-la comme « https://noeud1.exemple.fr:9200 »"


def wrong_addresses(addresses: list[str]) -> str | None:
    """What is wrong with the addresses of a cluster's nodes."""
    if not addresses:
        return 'ne nomme aucun nœud du cluster. Donnez-en au moins un, comme ["http://127.0.0.1:9200"]'
    faults = [(number, fault) for number, address in enumerate(addresses, 1) if (fault := _wrong_address(address))]
    return f"n’est pas juste, adresse {faults[0][0]} : {faults[0][1]}" if faults else None


def _wrong_address(address: str) -> str | None:
    if "@" in address:
        return (
            "le nom et le mot de passe ne s’écrivent pas dans l’adresse. Mettez le nom dans [engine] user et le mot de passe dans"
            " le fichier que nomme [engine] password_file, ou dans la variable CHERCHEVILLE_ENGINE_PASSWORD"
        )
    try:
        parts = urlsplit(address)
        return None if _is_whole(parts) else _EXAMPLE
    except ValueError:
        return _EXAMPLE


def _is_whole(parts: SplitResult) -> bool:
    """Raises `ValueError` for a port that is none."""
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not (parts.query or parts.fragment)


def wrong_index(name: str) -> str | None:
    """What is wrong with the name of an index, by OpenSearch's rules."""
    if _NAME.fullmatch(name) and name == name.lower() and len(name.encode()) <= _LONGEST:
        return None
    return (
        f"n’est pas un nom d’index pour OpenSearch : « {name} ». Prenez des lettres minuscules et des chiffres ; « - », « _ » et"
        f" « . » ailleurs qu’au début ; {_LONGEST} octets au plus"
    )
