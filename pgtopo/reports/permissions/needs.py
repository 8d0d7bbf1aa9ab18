"""Every permission that collecting uses, taken from the queries and reads themselves."""

from collections.abc import Iterator

import msgspec

QUERYING = "Microsoft.ResourceGraph/resources/read"
"""To query at all; rows come only of what the login may read besides."""

UNLISTED = (
    "Microsoft.Network/dnsResolverDomainLists/read",
    "Microsoft.Network/dnsResolverPolicies/dnsSecurityRules/read",
    "Microsoft.Network/dnsResolverPolicies/read",
    "Microsoft.Network/dnsResolverPolicies/virtualNetworkLinks/read",
)
"""Permissions that a cloud may refuse in a role, since it refuses every action it does not know.

Azure rule: Microsoft's list of operations does not have them ("Azure permissions for Networking",
Microsoft Learn). Reader covers them all the same.
"""

OPTIONS = {"has_effective": "--effective", "has_changes": "--changes", "has_health": "--health"}
"""Field of a request to the option that sets it; what has none is read by default."""


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """One permission and what it is needed for."""

    permission: str
    """A role action."""
    reads: tuple[str, ...]
    """What is read with it, in words."""
    services: tuple[str, ...]
    """Who is asked: Resource Graph, Resource Manager."""
    option: str = ""
    """The option that makes it needed; empty where it always is."""

    @property
    def is_reader_enough(self) -> bool:
        """Whether the built-in Reader role grants it.

        Azure rule: Reader is `*/read` ("Azure built-in roles", Microsoft Learn).
        """
        return self.permission.endswith("/read")


def needs() -> tuple[Need, ...]:
    """Every permission once, in order; those that an option asks for come last."""
    found: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for permission, what, service, option in _uses():
        reads, services, options = found.setdefault(permission, (set(), set(), set()))
        reads.add(what)
        services.add(service)
        options.add(option)
    made = [
        Need(
            permission=permission,
            reads=tuple(sorted(reads)),
            services=tuple(sorted(services)),
            option="" if "" in options else min(options),
        )
        for permission, (reads, services, options) in found.items()
    ]
    return tuple(sorted(made, key=lambda need: (need.option, need.permission.lower())))


def _uses() -> Iterator[tuple[str, str, str, str]]:
    """Permission, what it reads, who is asked, option: of every query and read."""
    from pgtopo.sources.azure.queries import permissions, queries
    from pgtopo.sources.azure.reads import reads
    from pgtopo.sources.registry import kinds

    known = kinds()
    graph, manager = "Resource Graph", "Resource Manager"
    yield QUERYING, "the queries themselves", graph, ""
    for query in queries():
        option = OPTIONS.get(query.option, "")
        if query.permission:
            yield query.permission, query.name, graph, option
            continue
        for name in query.kinds:
            if name in known:
                yield known[name].permission, known[name].summary, graph, option
        for permission in permissions(query):
            if permission not in {known[name].permission for name in query.kinds if name in known}:
                yield permission, query.name, graph, option
    for read in reads():
        held = known.get(read.kind)
        what = held.summary if held is not None and held.summary else read.name
        yield read.permission, what, manager, OPTIONS.get(read.option, "")
