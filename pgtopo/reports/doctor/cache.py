"""The cache of live results: where it is, what is in it, and whether it can be used."""

from pathlib import Path

from pgtopo.reports.doctor.item import Item, Section, State
from pgtopo.sources.cache import folder as place
from pgtopo.sources.cache import store
from pgtopo.sources.cache.fault import CacheFault
from pgtopo.views.signs import count

_CLEAR = "'pgtopo doctor --clear-cache' starts it anew; until then nothing is kept between runs"


def section(folder: Path, removed: int | None = None) -> Section:
    """How the cache is; `removed` files were just cleared away, where somebody asked for it."""
    fault = store.probe(folder)
    entries: tuple[store.About, ...] = ()
    if not fault and (folder / place.DATABASE).exists():
        used = store.Store(folder)
        entries = used.entries()
        fault = used.fault
    size = _size(folder)
    facts = {
        "path": str(folder),
        "size": size,
        "health": fault or "ok",
        "entries": [
            {"scope": one.label, "created_at": one.created_at, "rows": one.rows, "size": one.size}
            for one in entries
        ],
    }
    items = [*_cleared(removed), _health(folder, fault, len(entries), size)]
    items += [
        Item(
            name="scope",
            state=State.OK,
            text=f"{one.label}: {count(one.rows, 'row')} of {one.created_at}",
        )
        for one in entries
    ]
    return Section(name="cache", items=tuple(items), facts=facts)


def _size(folder: Path) -> int:
    try:
        return sum(found.st_size for _, found in place.files(folder))
    except CacheFault:
        return 0


def _cleared(removed: int | None) -> list[Item]:
    if removed is None:
        return []
    text = f"cleared: {count(removed, 'file')} removed"
    return [Item(name="cleared", state=State.OK, text=text)]


def _health(folder: Path, fault: str, entries: int, size: int) -> Item:
    if fault:
        return Item(name="health", state=State.WARNING, text=f"not used: {fault}", hint=_CLEAR)
    held = f"{count(entries, 'scope')}, {size / 1e6:,.1f} MB" if size else "empty"
    return Item(name="health", state=State.OK, text=f"{folder}: {held}")
