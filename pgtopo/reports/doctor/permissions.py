"""What the login needs, in short; the whole table is a help topic of its own."""

import msgspec

from pgtopo.reports.doctor.item import Item, Section, State
from pgtopo.reports.permissions.needs import Need, needs


def section() -> Section:
    """How many permissions there are, and which Reader does not grant."""
    found = needs()
    default = [need for need in found if not need.option]
    beyond = [need for need in found if not need.is_reader_enough]
    items = [
        Item(
            name="by default",
            state=State.OK,
            text=f"{len(default)} permissions, all in the built-in Reader role",
            hint="'pgtopo help permissions' lists them, 'pgtopo doctor --role' makes a role",
        )
    ]
    items += [
        Item(
            name=option,
            state=State.NOTE,
            text="besides: " + ", ".join(n.permission for n in beyond if n.option == option),
        )
        for option in sorted({need.option for need in beyond})
    ]
    facts = {"needs": [_fact(need) for need in found]}
    return Section(name="permissions", items=tuple(items), facts=facts)


def _fact(need: Need) -> dict[str, object]:
    made: dict[str, object] = msgspec.to_builtins(need)
    return made | {"in_reader": need.is_reader_enough}
