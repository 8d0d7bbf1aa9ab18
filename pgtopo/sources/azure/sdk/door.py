"""What every request to Azure has in common: token, timeouts, and nothing done on its own.

The SDK's own retries, redirects and provider registration are left out: they wait without being
cancellable, could carry a token elsewhere, or would change a subscription.
"""

import logging
from typing import Any

from azure.core.credentials import TokenCredential
from azure.core.exceptions import (
    AzureError,
    IncompleteReadError,
    ServiceRequestError,
    ServiceRequestTimeoutError,
    ServiceResponseTimeoutError,
)
from azure.core.pipeline import policies
from azure.core.pipeline.transport import RequestsTransport
from azure.core.rest import HttpResponse
from azure.mgmt.core.policies import ARMChallengeAuthenticationPolicy

from pgtopo import __version__
from pgtopo.sources.azure.answers import Answer, NoAnswer
from pgtopo.sources.azure.pacing import Timing


class Door:
    """How requests are sent: where to, as whom, and how long an answer may take."""

    def __init__(
        self,
        endpoint: str,
        credential: TokenCredential,
        token_scope: str,
        timing: Timing,
        *,
        is_stand_in: bool = False,
        certificates: str = "",
    ) -> None:
        silence()
        self.endpoint = endpoint
        self.credential = credential
        self._token_scope = token_scope
        self._timing = timing
        self._is_stand_in = is_stand_in
        self._certificates = certificates

    def options(self) -> dict[str, Any]:
        """What is said with every request."""
        return {"enforce_https": False} if self._is_plain else {}

    @property
    def _is_plain(self) -> bool:
        """Whether the token, then a dummy, goes unencrypted; never beyond this machine."""
        return self._is_stand_in and self.endpoint.startswith("http://")

    def policies(self) -> list[Any]:
        """What a request passes through, outermost first."""
        return [
            policies.RequestIdPolicy(),
            policies.HeadersPolicy(),
            policies.UserAgentPolicy(base_user_agent=f"pgtopo/{__version__}"),
            policies.ProxyPolicy(),
            ARMChallengeAuthenticationPolicy(self.credential, self._token_scope),
            policies.CustomHookPolicy(),
        ]

    def transport(self) -> RequestsTransport:
        """A transport; a stand-in on this machine is never asked through a proxy."""
        return RequestsTransport(
            connection_timeout=self._timing.connect_timeout,
            read_timeout=self._timing.read_timeout,
            connection_verify=self._certificates or True,
            use_env_settings=not self._is_stand_in,
        )


def silence() -> None:
    """Keep what the SDK logs off the terminal: a line on it would spoil the screen."""
    for name in ("azure", "msal", "msal_extensions", "urllib3"):
        logger = logging.getLogger(name)
        if not any(isinstance(one, logging.NullHandler) for one in logger.handlers):
            logger.addHandler(logging.NullHandler())
        logger.propagate = False


def answer_of(response: HttpResponse) -> Answer:
    """An SDK response without the SDK."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.content)


def no_answer(failure: AzureError) -> NoAnswer:
    """What a failure of the transport means, in one line."""
    if isinstance(failure, ServiceRequestTimeoutError):
        return NoAnswer("no connection to Azure in time", was_sent=False)
    if isinstance(failure, ServiceResponseTimeoutError):
        return NoAnswer("Azure did not answer in time")
    if isinstance(failure, IncompleteReadError):
        return NoAnswer("the connection was cut in the middle of an answer")
    text = " ".join(str(failure.message).split())
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return NoAnswer("the certificate is not one this machine trusts", was_sent=False)
    if isinstance(failure, ServiceRequestError):
        return NoAnswer(f"no connection to Azure ({_shortly(text)})", was_sent=False)
    return NoAnswer("the connection was cut")


def _shortly(text: str) -> str:
    """The innermost reason, without the objects that wrap it."""
    known = (
        ("Name or service not known", "the name is not found"),
        ("Temporary failure in name resolution", "the name is not found"),
        ("getaddrinfo failed", "the name is not found"),
        ("Connection refused", "refused"),
        ("Network is unreachable", "no network"),
        ("No route to host", "no route"),
        ("ProxyError", "the proxy does not let it through"),
    )
    return next((said for found, said in known if found in text), text[:80])
