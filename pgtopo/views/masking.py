"""Words the privacy mask leaves alone although resources may be named so."""

from functools import cache

_AZURE = """
gatewaysubnet azurefirewallsubnet azurefirewallmanagementsubnet azurebastionsubnet
routeserversubnet allowvnetinbound allowazureloadbalancerinbound denyallinbound
allowvnetoutbound allowinternetoutbound denyalloutbound default private privatelink postgres
database azure com net org local internal www writer reader virtualnetwork internet storage
azureactivedirectory azureloadbalancer azurecloud usgovcloudapi chinacloudapi
"""
_WORDS = """
a all an and any are at be by can check client copy deny dns down error estate family file fine
finding findings for forward from group has http https in info inbound into is it link links map
mixed name names net network no not of on one open or out outbound path peer peering port psql az
public read replica resolver route routes row rule rules server servers set subnet subnets sub tag
tcp that the there this to udp unknown up vm vnet warning what where which with zone zones yes
allow allowed blocked true false null none primary id type properties location tags sku state
connected ready
"""


@cache
def words_kept() -> frozenset[str]:
    """Azure's own names, and words of the interface."""
    return frozenset((_AZURE + _WORDS).split())
