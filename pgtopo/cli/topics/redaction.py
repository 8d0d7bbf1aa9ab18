"""`help redaction`: what stays and what goes when a snapshot is redacted."""

from pgtopo.reports.prose import paragraph
from pgtopo.views.style import Style

ABOUT = "what a redacted snapshot keeps, and what it does not"


def lines(style: Style) -> list[str]:
    """What is renamed, what is left out, and everything that stays."""
    from pgtopo.sources.redaction import known

    found = [style.painted("Redaction", "strong"), ""]
    for text in (
        "Names of resources, groups, rules, zones and hosts, GUIDs and addresses are replaced by"
        " pseudonyms made with a key. One text gets one pseudonym wherever it stands, so"
        " references, names and verdicts stay as they were.",
        "Addresses are renumbered so that what lay inside a prefix lies inside it afterwards;"
        " private addresses stay private and public ones public. Prefixes keep their lengths.",
        "Tags, record metadata, notes, other parameter values, the details of coverage, and every"
        " property pgtopo does not read are left out, as are rows of kinds it does not read.",
    ):
        found += [*paragraph(text, style), ""]
    for heading, entries in (
        ("What stays", known.KEPT_WORDS),
        ("Addresses that stay", known.FIXED_BLOCKS),
        ("Blocks that are renumbered within themselves", known.KEPT_CLASSES),
        ("Names that stay", tuple(sorted(known.RESERVED_NAMES))),
        ("Domains that stay, with every domain above them", known.KEPT_DOMAINS),
    ):
        found += [style.painted(heading, "strong")]
        found += [f"  {entry}" for entry in entries]
        found.append("")
    return found
