"""The `probe` document: what every format of it is made from."""

import msgspec

from pgtopo.probe.result import Connection, Names, Probe, Startup, Tls
from pgtopo.triage.agreement import Agreement, Comparison

SCHEMA = "pgtopo.probe/1"


class ProbeDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen from this machine, and what the model says of it."""

    schema: str = SCHEMA
    generated_at: str
    host: str
    port: int
    sslmode: str
    dns: Names
    tcp: tuple[Connection, ...]
    tls: Tls | None
    startup: Startup | None
    verdict: str
    code: str
    text: str
    agrees_with_model: bool | None
    """Nothing where there is no model, or it does not say."""
    model: tuple[Comparison, ...]


def build(probe: Probe, *, sslmode: str, now: str, compared: Agreement | None) -> ProbeDocument:
    """The document of one probe."""
    return ProbeDocument(
        generated_at=now,
        host=probe.host,
        port=probe.port,
        sslmode=sslmode,
        dns=probe.dns,
        tcp=probe.tcp,
        tls=probe.tls,
        startup=probe.startup,
        verdict=probe.verdict,
        code=probe.code,
        text=probe.text,
        agrees_with_model=compared.agrees if compared else None,
        model=compared.comparisons if compared else (),
    )
