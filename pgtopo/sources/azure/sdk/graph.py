"""Resource Graph, asked through the SDK's client."""

from typing import Any

from azure.core import AzureClouds
from azure.core.exceptions import AzureError, HttpResponseError
from azure.core.pipeline import PipelineResponse
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions

from pgtopo.sources.azure.answers import Answer
from pgtopo.sources.azure.scopes import Batch
from pgtopo.sources.azure.sdk.door import Door, answer_of, no_answer
from pgtopo.sources.azure.sdk.identity import refused


class Graph:
    """A client for all threads."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._client = ResourceGraphClient(
            door.credential,
            base_url=door.endpoint,
            cloud_setting=AzureClouds.AZURE_PUBLIC_CLOUD,  # else a variable decides, and may raise
            policies=door.policies(),
            transport=door.transport(),
        )

    def ask(self, text: str, batch: Batch, top: int, token: str | None) -> Answer:
        """The answer to one page of a query, whatever its status.

        The answer is taken as it came: the SDK's model turns a cut or empty body into one of
        three unrelated exceptions, and loses the text of the rows.

        Raises:
            NoAnswer: nothing came back.
            AuthError: there is no token to ask with.
        """
        seen: list[Answer] = []

        def keep(response: PipelineResponse[Any, Any]) -> None:
            seen.append(answer_of(response.http_response))

        query = QueryRequest(
            query=text,
            subscriptions=list(batch.subscriptions) or None,
            management_groups=list(batch.management_groups) or None,
            options=QueryRequestOptions(top=top, skip_token=token, result_format="objectArray"),
        )
        try:
            self._client.resources(query, raw_response_hook=keep, **self._door.options())
        except (ValueError, AttributeError):
            if not seen:
                raise
        except AzureError as failure:
            if not seen:
                raise refused(failure) or no_answer(failure) from None
            if not isinstance(failure, HttpResponseError):
                raise no_answer(failure) from None
        return seen[-1]

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()
