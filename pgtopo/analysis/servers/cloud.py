"""Which Azure cloud an estate lives in, and the name space of flexible servers there.

Azure rule: "Compare Azure Government and global Azure", "Azure in China developer guide",
Microsoft Learn, list the endpoints of each cloud.
"""

from pgtopo.analysis.facts import Facts
from pgtopo.model.server import FlexibleServer

SUFFIXES = {
    "public": "postgres.database.azure.com",
    "usgov": "postgres.database.usgovcloudapi.net",
    "china": "postgres.database.chinacloudapi.cn",
}


def suffix(facts: Facts) -> str:
    """The domain under which the names of servers lie, without a leading dot."""
    return facts.once("cloud suffix", "", lambda: SUFFIXES[_cloud(facts)])


def private_link_zone(facts: Facts) -> str:
    """The name of the zone that Azure keeps for private endpoints of servers."""
    return f"privatelink.{suffix(facts)}"


def _cloud(facts: Facts) -> str:
    """The cloud that the input states, else the one that servers' names show."""
    stated = str(facts.topology.scope.get("cloud", "")).lower()
    if stated in SUFFIXES:
        return stated
    for server in facts.topology.all(FlexibleServer):
        for cloud, domain in SUFFIXES.items():
            if server.fqdn.endswith("." + domain):
                return cloud
    return "public"
