"""The notes beside the Contoso snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import Fault, Pair, SideEffect
from tests.estates.contoso.pairs import ALLOWED, BLOCKED, UNKNOWN
from tests.estates.rows import last
from tests.estates.writing import table

INTRODUCTION = """# Contoso

A made-up estate: three subscriptions (connectivity, prod, nonprod), a hub in West Europe and one in
North Europe, and the spokes around them. Everything was read; nothing is left out on purpose. The
same estate without faults is in `../healthy`, so that the differences between the two files are
the faults and nothing else. Both are made by `tests/estates/contoso`
(`python -m tests.estates.contoso --write`).

- Spokes reach each other through the firewall of their hub, both ways. Directly peered besides:
  portal and inventory (inspected all the same), mobile and crm, mobile and shop, partner and shop,
  the two orders networks, and each orders network with both hubs.
- `psql-orders-prod-weu` and its replica `psql-orders-prod-neu` share a virtual endpoint.
- The web network asks the resolver of the western hub, the portal asks the firewall's DNS proxy,
  the back office asks two domain controllers; all others ask Azure.
- Private endpoints live in `snet-pe` of the western hub; one zone for them, linked to all that peer
  with the hub.
- The western office (192.168.0.0/17) comes in by VPN and through the firewall, the northern one
  (192.168.128.0/17) by VPN alone.

No two ranges overlap, and no reference dangles but one: the effective admin rules of two networks
name a Network Manager that is not part of the data.
"""


def render(estate: Contoso, faults: Sequence[Fault], effects: Sequence[SideEffect]) -> str:
    """The notes as Markdown."""
    parts = [
        INTRODUCTION,
        "## Faults\n",
        "Each is laid on one resource on purpose. *May stand on* names other resources under\n"
        "which the same fault may be reported.\n",
        _fault_table([fault for fault in faults if not fault.is_declared_only]),
        "\n## Faults for declared clients\n",
        "Reported where the settings declare the client: here `onprem:192.168.128.0/17`.\n",
        _fault_table([fault for fault in faults if fault.is_declared_only]),
        "\n## Side effects\n",
        "What follows from the faults above and may be reported besides.\n",
        _effect_table(effects),
        PAIRWISE,
        "\n## Pairs to trace\n",
        _pair_table([*BLOCKED, *UNKNOWN, *ALLOWED]),
        "\n## What is healthy\n",
        HEALTHY,
    ]
    return "\n".join(parts)


PAIRWISE = """
PGT116, PGT301, PGT312, PGT411 and PGT417 are about a client and a server. They are reported for
networks whose data shows the intent: linked to the server's zone, or peered with its network.
"""

HEALTHY = """Free of faults from end to end: `psql-orders-prod-weu` with its replica,
`psql-ledger-prod-weu`, `psql-shop-prod-neu`, `psql-web-prod-weu` and `psql-partner-prod-neu` as
servers, though not every client of theirs; the networks orders (both), data, web and identity and
both hubs as places.
"""


def _fault_table(faults: Sequence[Fault]) -> str:
    lines = [
        [
            str(number),
            fault.check,
            last(fault.subject),
            f"`{fault.subject}`",
            fault.wrong,
            fault.seen,
            " ".join(f"`{one}`" for one in fault.also) or "-",
        ]
        for number, fault in enumerate(faults, start=1)
    ]
    header = [
        "no",
        "check",
        "name",
        "subject",
        "what is wrong",
        "what a client sees",
        "may stand on",
    ]
    return table(header, lines)


def _effect_table(effects: Sequence[SideEffect]) -> str:
    lines = [
        [effect.check, last(effect.subject), f"`{effect.subject}`", effect.because]
        for effect in effects
    ]
    return table(["check", "name", "subject", "because"], lines)


def _pair_table(pairs: Sequence[Pair]) -> str:
    lines = [
        [pair.client, pair.server, pair.verdict, pair.stage, pair.decider, pair.why]
        for pair in pairs
    ]
    return table(["client", "server", "verdict", "step", "decided by", "why"], lines)
