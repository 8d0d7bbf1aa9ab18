"""A server whose encryption key cannot be used."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import settle
from pgtopo.model.server import FlexibleServer

_STATUS = "properties.dataEncryption.primaryEncryptionKeyStatus"


@check(
    id="PGT711",
    slug="encryption-key-invalid",
    family=Family.SERVER,
    title="Encryption key of a server cannot be used",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.REFUSED),
    looks_at="The key status of every server that is encrypted with a key of the customer's own.",
    why="Without its key the server cannot read its own data. It becomes Inaccessible within the"
    " hour and stays so until the key is back.",
    client_sees="A time-out or a refused connection.",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query dataEncryption",
    fix="Give the server's identity access to the key again, and see that the key is enabled and"
    " not expired:\n"
    "az role assignment create --assignee <identity's principal id>"
    ' --role "Key Vault Crypto Service Encryption User" --scope <key vault id>\n'
    "az keyvault key set-attributes --id <key id> --enabled true",
    unknown_when="The server has a key of its own and its row does not state how that stands.",
    sources=(
        "Data encryption with customer-managed keys: https://learn.microsoft.com/azure/postgresql/"
        "security/security-data-encryption",
    ),
    subject=FlexibleServer,
    over=lambda topology: (
        s for s in topology.all(FlexibleServer) if s.encryption.lower() == "azurekeyvault"
    ),
)
def encryption_key_invalid(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the customer's key is valid."""
    status = server.key_status.lower()
    if status == "valid":
        return OK
    if not status:
        return Unknown(
            message=f"Server {server.name} does not state whether its encryption key is valid.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
        )
    return Fail(
        message=f"The encryption key of server {server.name} is {server.key_status}.",
        evidence=(Evidence(server.id, _STATUS, server.key_status),),
    )
