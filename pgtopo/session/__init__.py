"""The use cases both front ends call: an estate is opened once, then asked.

Nothing is printed here, and every part that costs time to import is imported when first asked.
"""

from pgtopo.session.estate import Session
from pgtopo.session.inputs import (
    read_baseline,
    read_incident,
    read_patch,
    read_settings,
    read_suppressions,
)
from pgtopo.session.opening import demo_path, open_files, open_held
from pgtopo.session.probing import probed
from pgtopo.session.redacting import (
    redacted,
    redacted_case,
    redacted_estate,
    write_redacted,
    write_redaction_map,
)

__all__ = [
    "Session",
    "demo_path",
    "open_files",
    "open_held",
    "probed",
    "read_baseline",
    "read_incident",
    "read_patch",
    "read_settings",
    "read_suppressions",
    "redacted",
    "redacted_case",
    "redacted_estate",
    "write_redacted",
    "write_redaction_map",
]
