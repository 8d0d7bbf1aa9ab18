"""Resource Manager, asked through the SDK's pipeline."""

from typing import Any

from azure.core.exceptions import AzureError
from azure.core.rest import HttpRequest, HttpResponse
from azure.mgmt.core import ARMPipelineClient

from pgtopo.sources.azure.answers import Answer
from pgtopo.sources.azure.sdk.door import Door, answer_of, no_answer
from pgtopo.sources.azure.sdk.identity import refused


class Arm:
    """A client for all threads."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._client: ARMPipelineClient[HttpRequest, HttpResponse] = ARMPipelineClient(
            base_url=door.endpoint, policies=door.policies(), transport=door.transport()
        )

    def ask(self, method: str, url: str) -> Answer:
        """The answer to a request, whatever its status.

        Raises:
            NoAnswer: nothing came back.
            AuthError: there is no token to ask with.
        """
        options: dict[str, Any] = self._door.options()
        headers = {"Accept": "application/json"}
        request = HttpRequest(method, url, headers=headers)
        try:
            response = self._client.send_request(request, **options)
            response.read()
        except AzureError as failure:
            raise refused(failure) or no_answer(failure) from None
        return answer_of(response)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()
