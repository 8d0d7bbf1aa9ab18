"""A ruleset linked to a network of another region."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import not_visible, settle
from pgtopo.checks.rulesets import ruleset_of
from pgtopo.model.dns import ForwardingRuleset, RulesetLink
from pgtopo.model.network import VirtualNetwork


@check(
    id="PGT205",
    slug="ruleset-link-to-other-region",
    family=Family.RESOLVER,
    title="Forwarding ruleset is linked to a network of another region",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The region of each ruleset against the regions of the networks linked to it.",
    why="A ruleset serves networks of its own region only. The link is refused or has no effect, so"
    " names are looked up without the rules.",
    client_sees='could not translate host name "<server>" to address',
    confirm="az dns-resolver forwarding-ruleset show --resource-group <group> --name <ruleset>"
    " --query location",
    fix="Make a resolver and a ruleset in the network's region and link that one:\n"
    "az dns-resolver vnet-link create --resource-group <group> --ruleset-name <ruleset there>"
    ' --name <link> --id "<network id>"',
    unknown_when="The ruleset or the network is not in the data.",
    sources=(
        "Azure DNS Private Resolver endpoints and rulesets:"
        " https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets",
    ),
    subject=RulesetLink,
)
def ruleset_link_to_other_region(facts: Facts, link: RulesetLink) -> Outcome:
    """Whether ruleset and network share a region."""
    ruleset = ruleset_of(facts, link)
    if ruleset is None:
        return not_visible(facts, ForwardingRuleset.KIND, link.ruleset)
    if link.network is None:
        return Unknown(
            message=f"Link {link.name} of ruleset {ruleset.name} names no network.",
            settle_with=settle(facts, ForwardingRuleset.KIND, ruleset.id),
        )
    network = facts.topology.get(VirtualNetwork, link.network)
    if network is None or not network.location or not ruleset.location:
        return not_visible(facts, VirtualNetwork.KIND, link.network)
    if network.location == ruleset.location:
        return OK
    return Fail(
        message=f"Ruleset {ruleset.name} in {ruleset.location} is linked to"
        f" {called(facts, network.id)} in {network.location}.",
        evidence=(
            Evidence(ruleset.id, "location", ruleset.location),
            Evidence(network.id, "location", network.location),
        ),
        related=(ruleset.id, network.id),
    )
