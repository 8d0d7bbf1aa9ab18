"""What the command palette offers: every action of the key table, and every server and network."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from pgtopo.model.ids import ArmId
from pgtopo.tui.keys import ACTIONS, Where, shown

if TYPE_CHECKING:
    from pgtopo.tui.app import PgtopoApp

_MOST = 30


class Commands(Provider):
    """Actions, themes and resources by name."""

    @property
    def _app(self) -> "PgtopoApp":
        return cast("PgtopoApp", self.app)

    async def discover(self) -> Hits:
        """Every action, before anything is typed."""
        for text, run in self._actions():
            yield DiscoveryHit(Content(text), run, text=text)

    async def search(self, query: str) -> Hits:
        """What fits the typed text."""
        matcher = self.matcher(query)
        for text, run in (*self._actions(), *self._themes()):
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, Content(text), run, text=text)
        for text, arm_id in self._resources(query):
            go = partial(self._app.go_to, arm_id)
            yield Hit(0.5, Content(text), go, text=text)

    def _actions(self) -> list[tuple[str, Callable[[], object]]]:
        listed: list[tuple[str, Callable[[], object]]] = [
            (f"{action.text}  ({shown(action.keys[0])})", partial(self._run, action.name))
            for action in ACTIONS
            if action.where is Where.ANYWHERE and action.name != "palette"
        ]
        more = {
            "save live data as a snapshot": "save_snapshot",
            "probe the server of the incident from this machine  (P)": "probe",
            "compare with another snapshot ...": "compare",
            "take up an incident from a triage file": "open_triage",
        }
        return [*listed, *((text, partial(self._run, name)) for text, name in more.items())]

    def _themes(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            (f"theme {name}", partial(self._app.put_on, name))
            for name in sorted(self._app.available_themes)
        ]

    async def _run(self, action: str) -> None:
        await self._app.run_action(action)

    def _resources(self, query: str) -> list[tuple[str, ArmId]]:
        bench = self._app.bench
        if bench is None or not query.strip():
            return []
        from pgtopo.views.forest import Role

        places = (Role.SERVER, Role.NETWORK, Role.SUBNET, Role.ZONE)
        words = query.lower().split()
        tree = bench.tree
        texts = bench.desk.texts(tree.grouping)
        found: dict[ArmId, str] = {}
        for at, node in enumerate(tree.forest.nodes):
            if node.role in places and all(word in texts[at] for word in words):
                shown_label = bench.desk.label(node)
                found.setdefault(node.id, f"{shown_label.word} {shown_label.name}")
                if len(found) >= _MOST:
                    break
        return [(text, arm_id) for arm_id, text in found.items()]
