"""Who asks and who is asked: the two ends of a path, in integers."""

from enum import Enum

import msgspec

from pgtopo.analysis.verdict import Assumption
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet


class ClientKind(Enum):
    """What a client text turned out to be."""

    VM = "vm"
    NIC = "nic"
    SUBNET = "subnet"
    NETWORK = "network"
    IP = "ip"
    ONPREM = "onprem"
    INTERNET = "internet"


class Home(Enum):
    """Where packets of a client begin."""

    __hash__ = object.__hash__  # members are single objects; hashing their names takes longer

    SUBNET = "subnet"
    ONPREM = "onprem"
    INTERNET = "internet"


class ClientPart(msgspec.Struct, frozen=True, kw_only=True):
    """Client addresses with one home: one subnet, one interface, one side of a gateway."""

    addresses: SpanSet
    """IPv4 only."""
    home: Home = Home.SUBNET
    subnet: ArmId | None = None
    network: ArmId | None = None
    """The virtual network that holds the subnet; None outside Azure."""
    nic: ArmId | None = None
    """Set where the client is one interface: its NSG and its DNS servers count then."""
    is_whole_subnet: bool = False
    """The part stands for a subnet, so that no interface's own NSG or DNS setting counts."""
    has_only_ipv6: bool = False
    """A subnet all of whose ranges are IPv6."""
    is_space_known: bool = True
    """False for a subnet that states no prefix, or one that cannot be read."""


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """One client, split by home."""

    kind: ClientKind
    id: ArmId | None = None
    parts: tuple[ClientPart, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    """What was taken for granted when the text was read (IPv6 left out and the like)."""

    @property
    def addresses(self) -> SpanSet:
        """Every address of the client."""
        return SpanSet(span for part in self.parts for span in part.addresses)
