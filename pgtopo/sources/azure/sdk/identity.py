"""Logins: which credential, and what it means in one line when none works."""

import itertools
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from azure.core.credentials import AccessToken, TokenCredential
from azure.core.exceptions import AzureError, ClientAuthenticationError
from azure.identity import (
    AzureCliCredential,
    AzureDeveloperCliCredential,
    AzurePowerShellCredential,
    CredentialUnavailableError,
    DeviceCodeCredential,
    EnvironmentCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
)

from pgtopo.errors import AuthError
from pgtopo.sources.azure.clouds import Cloud, endpoints
from pgtopo.sources.azure.request import Auth, DeviceCode, Request

PROCESS_TIMEOUT = 30
"""Seconds a developer tool may take to give a token; starting one takes a second or more."""
_FRESH = 30.0
"""Seconds for which a token is given again: a developer tool takes a second for each."""
_DUMMY_LIFETIME = 4102444800


class Tried(msgspec.Struct, frozen=True):
    """What came of one credential."""

    name: str
    cause: str
    """Empty where it works."""
    hint: str = ""


class Dummy:
    """Tokens for a stand-in on this machine, each with a number; nobody logs in."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
        """A token that opens nothing."""
        return AccessToken(f"stand-in-{next(self._numbers)}", _DUMMY_LIFETIME)


class LoginFailed(ClientAuthenticationError):
    """No credential works."""

    def __init__(self, worst: Tried) -> None:
        super().__init__(message=worst.cause)
        self.worst = worst


class Login:
    """The credentials to try, in order; the first that works is kept."""

    def __init__(self, choices: list[tuple[str, Callable[[], TokenCredential]]]) -> None:
        self._choices = choices
        self._lock = threading.Lock()
        self._chosen: TokenCredential | None = None
        self._given: tuple[object, float, AccessToken] | None = None
        """What was asked last, when, and the token that was given."""
        self.name = ""
        """Which one works."""
        self.tried: list[Tried] = []

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        """A token; clients that ask one after the other share it.

        Raises:
            LoginFailed: no credential works.
        """
        asked = (scopes, options.get("claims"))
        with self._lock:
            if self._given is not None and self._given[0] == asked:
                _, since, token = self._given
                if time.monotonic() - since < _FRESH:
                    return token
            token = self._new(scopes, options)
            self._given = (asked, time.monotonic(), token)
            return token

    def _new(self, scopes: tuple[str, ...], options: dict[str, Any]) -> AccessToken:
        if self._chosen is not None:
            return self._chosen.get_token(*scopes, **options)
        self.tried = []
        for name, make in self._choices:
            try:
                credential = make()
                token = credential.get_token(*scopes, **options)
            except (AzureError, ValueError) as failure:
                self.tried.append(explained(name, failure))
                continue
            self._chosen, self.name = credential, name
            self.tried.append(Tried(name, ""))
            return token
        raise LoginFailed(_most_telling(self.tried))


def login(request: Request, show: Callable[[DeviceCode], None]) -> Login:
    """The credentials for a request; `show` is told what to type where, from another thread."""
    made = _makers(request, show)
    if request.auth is not Auth.DEFAULT:
        return Login([made[request.auth]])
    extra = _developer_tools(request)
    first = []
    if os.environ.get("AZURE_CLIENT_ID") and os.environ.get("AZURE_TENANT_ID"):
        first.append(made[Auth.ENV])
    if os.environ.get("AZURE_FEDERATED_TOKEN_FILE"):
        first.append(made[Auth.WORKLOAD])
    return Login([*first, made[Auth.CLI], *extra])


def _makers(
    request: Request, show: Callable[[DeviceCode], None]
) -> dict[Auth, tuple[str, Callable[[], TokenCredential]]]:
    host = endpoints(request.cloud).login
    tenant: dict[str, Any] = {"tenant_id": request.tenant} if request.tenant else {}

    def prompt(url: str, code: str, expires: datetime) -> None:
        show(DeviceCode(url, code, expires.strftime("%Y-%m-%dT%H:%M:%SZ")))

    return {
        Auth.CLI: (
            "Azure CLI",
            lambda: AzureCliCredential(process_timeout=PROCESS_TIMEOUT, **tenant),
        ),
        Auth.DEVICE: (
            "device code",
            lambda: DeviceCodeCredential(authority=host, prompt_callback=prompt, **tenant),
        ),
        Auth.ENV: ("environment", lambda: EnvironmentCredential(authority=host)),
        Auth.MI: ("managed identity", _managed_identity),
        Auth.WORKLOAD: (
            "workload identity",
            lambda: WorkloadIdentityCredential(authority=host, **tenant),
        ),
    }


def _managed_identity() -> TokenCredential:
    client = os.environ.get("AZURE_CLIENT_ID")
    return ManagedIdentityCredential(client_id=client) if client else ManagedIdentityCredential()


def _developer_tools(request: Request) -> list[tuple[str, Callable[[], TokenCredential]]]:
    """Azure's other tools; a tool of another cloud would give a token nobody takes."""
    if request.cloud is not Cloud.PUBLIC:
        return []
    tenant: dict[str, Any] = {"tenant_id": request.tenant} if request.tenant else {}
    return [
        (
            "Azure PowerShell",
            lambda: AzurePowerShellCredential(process_timeout=PROCESS_TIMEOUT, **tenant),
        ),
        (
            "Azure Developer CLI",
            lambda: AzureDeveloperCliCredential(process_timeout=PROCESS_TIMEOUT, **tenant),
        ),
    ]


def refused(failure: AzureError) -> AuthError | None:
    """The error to show where a failure means that there is no token; else None."""
    if isinstance(failure, LoginFailed):
        return AuthError(failure.worst.cause, failure.worst.hint)
    if isinstance(failure, ClientAuthenticationError):
        found = explained("", failure)
        return AuthError(found.cause, found.hint)
    return None


_OTHERWISE = "or log in another way: --auth device"
_CAUSES = (
    ("AADSTS700082", "the login has expired: run `az login`", _OTHERWISE),
    ("AADSTS70043", "the login has expired: run `az login`", _OTHERWISE),
    ("AADSTS50173", "the login was revoked: run `az login`", _OTHERWISE),
    ("AADSTS50076", "the login needs a second factor: run `az login`", _OTHERWISE),
    ("AADSTS50079", "the login needs a second factor: run `az login`", _OTHERWISE),
    ("AADSTS90002", "there is no such tenant", "check --tenant and --cloud"),
    ("AADSTS7000222", "the client secret has expired", "give the application a new secret"),
    ("AADSTS7000215", "the client secret is wrong", "check AZURE_CLIENT_SECRET"),
    ("AADSTS500011", "the login is one of another cloud", "see --cloud, and `az cloud show`"),
    ("AADSTS700016", "there is no such application in the tenant", "check AZURE_CLIENT_ID"),
    ("code_expired", "nobody typed the device code in time", "run it again"),
    ("Timed out waiting", "nobody typed the device code in time", "run it again"),
    (
        "Azure CLI not found",
        "the Azure CLI is not installed",
        "install it and run `az login`, or log in another way: --auth device",
    ),
    (
        "Failed to invoke the Azure CLI",
        f"the Azure CLI gave no token within {PROCESS_TIMEOUT} s",
        "try `az account get-access-token` by hand",
    ),
    ("az login", "not logged in: run `az login`", _OTHERWISE),
    ("Connection refused", "the login service cannot be reached", "check the network"),
    ("Failed to establish a new connection", "the login service cannot be reached", "no network?"),
    ("Failed to resolve", "the login service cannot be reached", "check the network and proxy"),
)
"""Part of a message, what it means, what to do; the first that fits counts.

Azure rule: codes beginning with AADSTS ("Microsoft Entra authentication and authorization error
codes", Microsoft Learn).
"""
_UNAVAILABLE = {
    "environment": (
        "the environment names no login",
        "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or a certificate)",
    ),
    "workload identity": (
        "there is no workload identity here",
        "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE",
    ),
    "managed identity": (
        "this machine has no managed identity",
        "give it one, or log in another way: --auth cli",
    ),
    "Azure PowerShell": ("Azure PowerShell gives no token", "run Connect-AzAccount"),
    "Azure Developer CLI": ("the Azure Developer CLI gives no token", "run `azd auth login`"),
}


def explained(name: str, failure: Exception) -> Tried:
    """What a credential's failure means."""
    text = str(getattr(failure, "message", None) or failure)
    for found, cause, hint in _CAUSES:
        if found.lower() in text.lower():
            return Tried(name, cause, hint)
    if name in _UNAVAILABLE and isinstance(failure, (CredentialUnavailableError, ValueError)):
        return Tried(name, *_UNAVAILABLE[name])
    shown = " ".join(text.split())
    short = shown if len(shown) <= 160 else f"{shown[:160]}..."
    return Tried(name, f"the login failed: {short}", "log in again, or try --auth device")


def _most_telling(tried: list[Tried]) -> Tried:
    """The Azure CLI's answer where it is there: it is what most people log in with."""
    failed = [one for one in tried if one.cause]
    for one in failed:
        if one.name == "Azure CLI":
            return one
    if failed:
        return failed[0]
    return Tried("", "no credential works", "run `az login`, or try --auth device")
