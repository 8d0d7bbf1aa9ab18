"""The two ends of the path a user asks about: a client and a server, marked one after the other."""

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.network import NetworkInterface, Subnet, VirtualMachine, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.detail import NO_PAIR, Pair
from pgtopo.views.labels import telling_name
from pgtopo.views.literal import printable

CLIENTS = (VirtualMachine, NetworkInterface, Subnet, VirtualNetwork)
"""What can be marked as a client."""


class Ends:
    """What is marked so far."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self.pair: Pair = NO_PAIR

    def mark(self, held: Resource | None) -> str:
        """Take a resource as client or server; says what was done."""
        if isinstance(held, FlexibleServer):
            self.pair = self.pair._replace(server=held.id)
            return f"server: {self._name(held.id)}{self._then()}"
        if isinstance(held, CLIENTS):
            self.pair = self.pair._replace(client=held.id)
            return f"client: {self._name(held.id)}{self._then()}"
        return "a path begins at a machine, interface, subnet or network and ends at a server"

    def type_client(self, text: str) -> None:
        """Take a typed client: an address, `onprem:...`, `internet`, a name."""
        self.pair = self.pair._replace(client=text.strip())

    def complete_with(self, held: Resource | None) -> str:
        """Take a selected server as server, a selected client where none is marked.

        Says what is lacking; nothing where both ends are known.
        """
        is_client = isinstance(held, CLIENTS) and not self.pair.client
        if isinstance(held, FlexibleServer) or is_client:
            self.mark(held)
        return "" if self.pair.is_complete else self._lacking()

    def _then(self) -> str:
        return "; t traces" if self.pair.is_complete else f"; {self._lacking()}"

    def _lacking(self) -> str:
        if not self.pair.client:
            return "mark a client with m, or type one with M"
        return "select a server and press t"

    def _name(self, arm_id: ArmId) -> str:
        return telling_name(self._topology, arm_id)

    def shown(self) -> str:
        """The marked ends in words; empty where nothing is marked."""
        if self.pair == NO_PAIR:
            return ""
        text = self.pair.client
        client = self._name(ArmId(text)) if text.startswith("/") else printable(text)
        server = self._name(self.pair.server) if self.pair.server else "?"
        return f"{client or '?'} → {server}"
