"""An NSG rule whose address is neither a range nor a service tag."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.tag_names import is_known_tag
from pgtopo.checks.base import OK, Certainty, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.nsg_rules import CustomRule, custom_rules
from pgtopo.checks.scope import server_nsgs
from pgtopo.checks.tags import GRADING, certainty_of
from pgtopo.model.nsg import NetworkSecurityGroup


@check(
    id="PGT320",
    slug="nsg-rule-with-unknown-tag",
    family=Family.NSG,
    title="NSG rule names something that is neither a range nor a service tag",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The sources and destinations of the rules of NSGs on subnets with servers, against"
    " the service tags that Azure knows.",
    why="Such a rule matches nothing. The form us-east.storage, which old pages show, is not a tag;"
    " the right one is Storage.EastUS.",
    client_sees="Whatever the next rule does, often a time-out.",
    confirm="az network list-service-tags --location <region>"
    " --query \"values[?starts_with(name, '<first letters>')].name\"",
    fix="az network nsg rule update --resource-group <group> --nsg-name <nsg> --name <rule>"
    " --destination-address-prefixes <service tag or range>",
    unknown_when="The NSG's row is not in the data.",
    sources=(
        "Virtual network service tags: https://learn.microsoft.com/azure/virtual-network/"
        "service-tags-overview",
    ),
    subject=NetworkSecurityGroup,
    over=server_nsgs,
)
def nsg_rule_with_unknown_tag(facts: Facts, group: NetworkSecurityGroup) -> Outcome:
    """Whether every address text means something, one finding per rule and side."""
    found = tuple(
        _fail(group, rule, side, wrong)
        for rule in custom_rules(facts, group)
        for side in ("source", "destination")
        if (wrong := _unknown(rule, side))
    )
    return found or OK


def _unknown(rule: CustomRule, side: str) -> list[str]:
    pattern = rule.compiled.source if side == "source" else rule.compiled.destination
    return [tag for tag in pattern.tags if not is_known_tag(tag)]


def _fail(group: NetworkSecurityGroup, rule: CustomRule, side: str, wrong: list[str]) -> Fail:
    shown = [text for text in rule.prefixes(side) if text.strip().lower() in wrong] or wrong
    return Fail(
        message=f"Rule {rule.name} of NSG {group.name} has the {side} {', '.join(shown)}, which is"
        " neither an address range nor a service tag.",
        certainty=_certainty(wrong),
        evidence=(rule.side_evidence(side),),
        related=(rule.id,),
        discriminator=f"{rule.name} {side}",
        cause=rule.id,
    )


def _certainty(words: list[str]) -> Certainty:
    """As sure as the surest of them."""
    found = {certainty_of(word) for word in words}
    return Certainty.CERTAIN if Certainty.CERTAIN in found else Certainty.LIKELY
