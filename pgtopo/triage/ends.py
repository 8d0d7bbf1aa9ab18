"""The two ends of an incident: as they were named, else as the error text names them."""

from collections.abc import Iterator
from enum import Enum

import msgspec

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.clients.parties import Client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.host_names import PRIVATELINK, server_fqdn
from pgtopo.analysis.servers.targets import Target, find_target
from pgtopo.checks.pooler import PORT as POOLER_PORT
from pgtopo.errors import UsageError
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.triage.case import Case
from pgtopo.triage.symptoms.places import Places

PORT = 5432


class Form(Enum):
    """What clients put into their connection string."""

    SERVER_NAME = "the server's full name"
    PRIVATE_ENDPOINT = "the server's name, which leads to a private endpoint"
    PRIVATE_NAME = "a name below the private zone, which clients should not use"
    VIRTUAL_ENDPOINT = "a virtual endpoint, which moves with promotion"
    POOLER = "PgBouncer on port 6432"
    ADDRESS = "a literal address, which may change"


class Ends(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks whom; None where nobody said so and the text does not tell."""

    client: Client | None = None
    client_text: str = ""
    """The words the client was found by."""
    target: Target | None = None
    server_text: str = ""
    port: int = PORT
    forms: tuple[Form, ...] = ()
    notes: tuple[str, ...] = ()
    """What was taken from the error text, or did not fit."""

    @property
    def server(self) -> FlexibleServer | None:
        """The server."""
        return self.target.server if self.target is not None else None


def ends(facts: Facts, case: Case, places: Places) -> Ends:
    """The two ends of a case.

    Raises `UsageError` where a named end is nobody or several; what only the error text names is
    left open then.
    """
    notes: list[str] = []
    server_text, target = _target(facts, case, places, notes)
    client_text, client = _client(facts, case, places, notes)
    port = case.port or places.port or PORT
    name = case.server or server_text
    return Ends(
        client=client,
        client_text=client_text,
        target=target,
        server_text=server_text,
        port=port,
        forms=tuple(_forms(facts, target, name, port)) if target is not None else (),
        notes=tuple(notes),
    )


def _target(
    facts: Facts, case: Case, places: Places, notes: list[str]
) -> tuple[str, Target | None]:
    if case.server:
        return case.server, find_target(facts, case.server)
    for text in (places.host, places.address):
        if not text:
            continue
        try:
            found = find_target(facts, text)
        except UsageError as error:
            notes.append(f"The error names {text}, which fits no one server: {error.message}")
            continue
        notes.append(f"The server was taken from the error text: {text}.")
        return text, found
    return "", None


def _client(
    facts: Facts, case: Case, places: Places, notes: list[str]
) -> tuple[str, Client | None]:
    if case.client:
        return case.client, find_client(facts, case.client)
    if not places.seen_from:
        return "", None
    try:
        found = find_client(facts, places.seen_from)
    except UsageError as error:
        notes.append(f"The server saw the client at {places.seen_from}: {error.message}")
        return "", None
    notes.append(f"The client was taken from the error text: the server saw {places.seen_from}.")
    return places.seen_from, found


def _forms(facts: Facts, target: Target, name: str, port: int) -> Iterator[Form]:
    if target.address is not None:
        yield Form.ADDRESS
    elif target.endpoint is not None:
        yield Form.VIRTUAL_ENDPOINT
    elif "." in name and not name.startswith("/") and _is_private_name(facts, target, name):
        yield Form.PRIVATE_NAME
    elif target.server.mode is Mode.PRIVATE_ENDPOINT:
        yield Form.PRIVATE_ENDPOINT
    else:
        yield Form.SERVER_NAME
    if port == POOLER_PORT:
        yield Form.POOLER


def _is_private_name(facts: Facts, target: Target, name: str) -> bool:
    said = name.strip().rstrip(".").lower()
    return PRIVATELINK in said or said != server_fqdn(facts, target.server)
