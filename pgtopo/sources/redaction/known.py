"""What stays as it is in a redacted snapshot, because it is nobody's secret."""

FIXED_BLOCKS = (
    "0.0.0.0/8",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "224.0.0.0/3",
    "::/8",
    "fe80::/10",
    "ff00::/8",
)
"""Addresses with one meaning everywhere; none of them is renumbered."""

KEPT_CLASSES = (
    "10.0.0.0/8",
    "100.64.0.0/10",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
    "2000::/3",
)
"""Blocks that are renumbered within themselves: private stays private, public stays public."""

_RESERVED = """
    @ * default none active primary secondary flexibleservers dnsresolvers
    gatewaysubnet azurefirewallsubnet azurefirewallmanagementsubnet azurebastionsubnet
    routeserversubnet azureprivatepeering azurepublicpeering microsoftpeering
    defaultroutetable noneroutetable
    allowvnetinbound allowazureloadbalancerinbound denyallinbound
    allowvnetoutbound allowinternetoutbound denyalloutbound
    allowallazureservicesandresourceswithinazureips
"""

RESERVED_NAMES = frozenset(_RESERVED.split())
"""Names with a meaning of Azure's, in lower case."""

KEPT_DOMAINS = (
    "postgres.database.azure.com",
    "private.postgres.database.azure.com",
    "privatelink.postgres.database.azure.com",
    "postgres.database.usgovcloudapi.net",
    "private.postgres.database.usgovcloudapi.net",
    "privatelink.postgres.database.usgovcloudapi.net",
    "postgres.database.chinacloudapi.cn",
    "private.postgres.database.chinacloudapi.cn",
    "privatelink.postgres.database.chinacloudapi.cn",
    "privatelink.blob.core.windows.net",
    "privatelink.file.core.windows.net",
    "privatelink.vaultcore.azure.net",
    "blob.core.windows.net",
    "vault.azure.net",
    "azure-api.net",
    "azurewebsites.net",
    "login.microsoftonline.com",
    "in-addr.arpa",
    "internal.cloudapp.net",
    "example.com",
    "example.org",
    "local",
)
"""Domains of Azure's and of everybody's: they and every domain above them keep their labels."""

KEPT_WORDS = (
    "resource types, property names, states, tiers, regions, versions",
    "service tags, ports, protocols, priorities, counts, times to live",
    "names of server parameters, and values that are words of PostgreSQL's or numbers",
    "the time of the snapshot and the version of pgtopo that wrote it",
)
"""In words: what else stays."""

KEPT_SCOPE = frozenset(
    {"cloud", "tenant", "subscriptions", "management_groups", "answered", "missing"}
)
"""What stays of the scope a snapshot was collected for, by key; the values are renamed."""

CLOUDS = frozenset({"public", "usgov", "china"})
"""Azure's clouds."""
