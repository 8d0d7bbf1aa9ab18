"""`doctor` as JSON."""

from collections.abc import Sequence

from pgtopo import __version__
from pgtopo.reports import clock, encode
from pgtopo.reports.doctor.item import Section
from pgtopo.views.style import Style

FORMAT = "json"


def render(sections: Sequence[Section], style: Style) -> bytes:
    """Every section with its items and facts."""
    return encode.document(
        {
            "schema": "pgtopo.doctor/1",
            "generated_at": clock.stamp(),
            "tool": f"pgtopo {__version__}",
            "sections": [
                {
                    "name": section.name,
                    "state": section.state.value,
                    "items": section.items,
                    **section.facts,
                }
                for section in sections
            ],
        }
    )
