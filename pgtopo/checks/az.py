"""Puts one az command together so that a shell reads every value as one word.

Every command names its subscription and resource group, so that it does the same wherever it is
pasted.
"""

import shlex
from collections.abc import Iterable

Value = str | int | bool | Iterable[str]


def az(words: str, at: str, **options: Value) -> str:
    """One command against the resource group of an id; options in the order given.

    `zone_name="z"` becomes `--zone-name z`; a list gives several words. A value that begins with
    a dash is joined to its option, because it would be taken for one.
    """
    found = [f"az {words}"]
    for name, value in (*_scope(at).items(), *options.items()):
        found.extend(_option("--" + name.replace("_", "-"), value))
    return " ".join(found)


def az_by_id(words: str, **options: Value) -> str:
    """One command that names what it acts on by full ids only."""
    found = [f"az {words}"]
    for name, value in options.items():
        found.extend(_option("--" + name.replace("_", "-"), value))
    return " ".join(found)


def part(arm_id: str, segment: str) -> str:
    """The name that follows a segment of an id, as it is written there; empty where there is none.

    `part(".../virtualNetworks/vnet-a/subnets/s", "virtualnetworks")` is `vnet-a`.
    """
    pieces = arm_id.split("/")
    for place in range(len(pieces) - 2, -1, -1):
        if pieces[place].lower() == segment:
            return pieces[place + 1]
    return ""


def _scope(at: str) -> dict[str, Value]:
    scope: dict[str, Value] = {}
    if part(at, "subscriptions"):
        scope["subscription"] = part(at, "subscriptions")
    if part(at, "resourcegroups"):
        scope["resource_group"] = part(at, "resourcegroups")
    return scope


def _option(name: str, value: Value) -> list[str]:
    if isinstance(value, bool):
        return [name, "true" if value else "false"]
    if isinstance(value, str | int):
        text = str(value)
        return [f"{name}={shlex.quote(text)}"] if text.startswith("-") else [name, _quoted(text)]
    texts = list(value)
    if len(texts) == 1 and texts[0].startswith("-"):
        return [f"{name}={shlex.quote(texts[0])}"]
    return [name, *(_quoted(text) for text in texts if not text.startswith("-"))]


def _quoted(text: str) -> str:
    return shlex.quote(text) if text else '""'
