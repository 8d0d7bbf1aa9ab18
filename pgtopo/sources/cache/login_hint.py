"""Who is logged in at the Azure CLI, so that one user's result is not shown to the next."""

import os
from pathlib import Path
from typing import Any

from pgtopo.sources import own_folders
from pgtopo.sources.azure.request import Auth, Request

_LARGEST = 4 << 20


def login_hint(request: Request) -> str:
    """The user and tenant of the default subscription, where the login would be the CLI's.

    Nothing is asked for it; empty where the CLI left no profile.
    """
    if request.arm_endpoint or request.auth not in (Auth.DEFAULT, Auth.CLI):
        return ""
    for one in profile():
        user = one.get("user")
        if one.get("isDefault") is True and isinstance(user, dict):
            return f"{user.get('name')} {one.get('tenantId')}"
    return ""


def profile() -> list[dict[str, Any]]:
    """The subscriptions in the profile of the Azure CLI; empty where there is none."""
    import json

    path = profile_path()
    try:
        if path.stat().st_size > _LARGEST:
            return []
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return []
    listed = content.get("subscriptions") if isinstance(content, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def profile_path() -> Path:
    """Where the Azure CLI keeps what it knows of logins; no secret is in that file."""
    home = os.environ.get("AZURE_CONFIG_DIR")
    return (Path(home) if home else own_folders.home() / ".azure") / "azureProfile.json"
