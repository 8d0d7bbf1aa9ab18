"""A custom role that grants what collecting needs, and nothing else."""

from collections.abc import Iterable

from pgtopo.reports.permissions.needs import Need

SCOPES = ("/subscriptions/SUBSCRIPTION_ID",)
"""A place holder: where a role may be assigned is for its maker to say."""


def role(needs: Iterable[Need], scopes: Iterable[str] = SCOPES) -> dict[str, object]:
    """The role as `az role definition create --role-definition` takes it.

    Azure rule: fields of a custom role ("Azure custom roles", Microsoft Learn).
    """
    return {
        "Name": "pgtopo collector",
        "IsCustom": True,
        "Description": "Read what pgtopo shows of PostgreSQL flexible servers and their network",
        "Actions": [need.permission for need in needs],
        "NotActions": [],
        "DataActions": [],
        "NotDataActions": [],
        "AssignableScopes": list(scopes),
    }
