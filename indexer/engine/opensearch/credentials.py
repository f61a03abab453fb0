"""As whom the cluster is asked. The secrets come from a file or the environment, and go into a header alone."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path

from indexer.config import Settings
from indexer.errors import ConfigError

PASSWORD, API_KEY = "CHERCHEVILLE_ENGINE_PASSWORD", "CHERCHEVILLE_ENGINE_API_KEY"
"""The environment variables, which go before the files."""


def credentials(settings: Settings) -> dict[str, str]:
    """The headers that say who asks: none, or those of a user and a password, or of an API key. Raises `ConfigError`."""
    password = _secret(PASSWORD, settings.engine_password_file, "password_file")
    key = _secret(API_KEY, settings.engine_api_key_file, "api_key_file")
    if key and (settings.engine_user or password):
        raise ConfigError("[engine] donne à la fois une clé d’API et un nom ou un mot de passe. Gardez l’un ou l’autre.")
    if bool(settings.engine_user) != bool(password):
        raise ConfigError(
            "[engine] user et un mot de passe vont ensemble : donnez les deux, le mot de passe dans le fichier que nomme"
            f" [engine] password_file ou dans la variable {PASSWORD}, ou aucun des deux."
        )
    if not key.isascii():
        raise ConfigError(f"La clé d’API de [engine] api_key_file (ou {API_KEY}) s’écrit sans accent. Copiez-la de nouveau.")
    if key:
        return {"authorization": f"ApiKey {key}"}
    whole = f"{settings.engine_user}:{password}".encode()  # the library's own header has no place for letters beyond Latin-1
    return {"authorization": f"Basic {b64encode(whole).decode()}"} if password else {}


def _secret(variable: str, path: Path | None, key: str) -> str:
    secret = os.environ.get(variable, "") or (_read(path, key) if path else "")
    if not secret.isprintable():
        raise ConfigError(f"Le secret de [engine] {key} (ou {variable}) tient sur plusieurs lignes. N’en gardez qu’une.")
    return secret


def _read(path: Path, key: str) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "il n’est pas en UTF-8"
        raise ConfigError(f"Le fichier « {path} » de [engine] {key} ne peut être lu ({reason}).") from error
    if not secret:
        raise ConfigError(f"Le fichier « {path} » de [engine] {key} est vide. Écrivez-y le secret, et rien d’autre.")
    return secret
