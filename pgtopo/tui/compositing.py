"""Puts together what changed on the screen, and no more.

Textual asks every widget near a change for all of its lines, and a change at the top and one at the
bottom for those of the whole screen. A key that moves a cursor changes two lines.
"""

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class ChangesOnly(Compositor):
    """Asks widgets for the lines that changed."""

    _changed: tuple[Region, ...] = ()
    """What is to be painted anew; empty where everything is."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What the regions that changed look like now."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._changed:
            yield from self._seen(crop or self.size.region)
            return
        left = list(self._changed)
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            parts = [part for one in left if (part := shown.intersection(one))]
            if not parts:
                continue
            top = min(part.y for part in parts)
            bottom = max(part.bottom for part in parts)
            lines = Region(shown.x, top, shown.width, bottom - top)
            yield lines, clip, widget.render_lines(lines.translate(-region.offset))
            # Widgets come from front to back: what one covers is not seen of those behind it.
            left = [one for one in left if not shown.contains_region(one)]
            if not left:
                return

    def _seen(self, crop: Region) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """What every widget looks like of which anything is seen; containers mostly are covered."""
        covered: list[Region] = []
        """Parts of the screen that are painted; none overlaps another."""
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if not crop.overlaps(clip) or not shown:
                continue
            overlaps = [one.intersection(shown) for one in covered]
            if sum(one.area for one in overlaps) >= shown.area:
                continue
            yield region, clip, widget.render_lines(shown.translate(-region.offset))
            covered = [one for one in covered if not shown.contains_region(one)]
            if not any(one.overlaps(shown) for one in covered):
                covered.append(shown)
