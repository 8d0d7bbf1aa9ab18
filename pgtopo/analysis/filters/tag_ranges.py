"""The public ranges that a service tag stands for, where the list of tags was read.

Azure rule: the service gives the ranges of every tag and of its regional forms ("Virtual network
service tags", Microsoft Learn: the service tag discovery API).
"""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.tag_names import region_word
from pgtopo.model.net import SpanSet, parse_prefix
from pgtopo.model.service_tags import ServiceTag, ServiceTagList


def tag_ranges(facts: Facts, tag: str) -> SpanSet | None:
    """The IPv4 ranges of a tag, `storage` or `storage.westeurope`; None where nobody lists it."""
    if not facts.topology.all(ServiceTagList):
        return None
    return facts.once("tag ranges", _spelled(tag), lambda: _ranges(facts, _spelled(tag)))


def _spelled(tag: str) -> str:
    head, dot, region = tag.strip().lower().partition(".")
    return f"{head}{dot}{region_word(region)}"


def _ranges(facts: Facts, tag: str) -> SpanSet | None:
    held = facts.once("tags by name", 0, lambda: _by_name(facts)).get(tag)
    if held is None:
        return None
    return SpanSet(span for span in map(parse_prefix, held.prefixes) if span is not None)


def _by_name(facts: Facts) -> dict[str, ServiceTag]:
    return {
        _spelled(tag.name): tag for one in facts.topology.all(ServiceTagList) for tag in one.tags
    }
