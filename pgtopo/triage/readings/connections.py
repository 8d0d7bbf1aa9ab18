"""Reads what `nc`, `Test-NetConnection`, `psql` and `pg_isready` print."""

import re

from pgtopo.model.digits import whole_number
from pgtopo.triage.readings.reading import Outcome, Reading

_NC_OPEN = re.compile(
    r"Connection to (\S+) (?:\(([\d.]+)\) )?(?:port )?(\d+) port [^\n]*succeeded"
    r"|(?:Ncat: )?Connected to ([\w.:-]+?)[: ](\d+)"
    r"|^(\S+) (?:\[([\d.]+)\]|\(([\d.]+):\d+\)) (?:(\d+) [^\n]*)?\bopen\b",
    re.IGNORECASE | re.MULTILINE,
)
_NC_SUCCEEDED = re.compile(r"Connection to (\S+)(?: \(([\d.]+)\))? (\d+) port[^\n]*succeeded", re.I)
_NC_FAIL = re.compile(
    r"^(?:nc|netcat|Ncat|[\w.-]+ \[[\d.]+\] \d+)[^\n]{0,200}"
    r"(timed out|refused|unreachable|no route to host|could not resolve|name or service not known)",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"(?<![\w.])((?:\d{1,3}\.){3}\d{1,3})(?![\w]|\.\d)")
_TNC = re.compile(r"^TcpTestSucceeded\s*:\s*(True|False)", re.IGNORECASE | re.MULTILINE)
_TNC_FIELD = re.compile(
    r"^(ComputerName|RemoteAddress|RemotePort)\s*:\s*(\S+)", re.I | re.MULTILINE
)
_PSQL_TABLE = re.compile(
    r"^\(\d+ rows?\)\s*$|^SSL connection \(protocol: |^psql \(\d", re.MULTILINE
)
_READY = re.compile(r"(\S+):(\d+) - (accepting connections|rejecting connections|no response)")


def nc(text: str) -> Reading | None:
    """What nc found; None where the text is not its output."""
    found = _NC_SUCCEEDED.search(text)
    if found is not None:
        addresses = (found[2],) if found[2] else ()
        says = f"A TCP connection to {found[1]} port {found[3]} was made."
        return Reading(
            tool="nc", outcome=Outcome.OPEN, says=says, host=found[1], addresses=addresses
        )
    if _NC_OPEN.search(text) and "psql" not in text:
        address = _ADDRESS.search(text)
        return Reading(
            tool="nc",
            outcome=Outcome.OPEN,
            says="A TCP connection was made.",
            addresses=(address[1],) if address else (),
        )
    failed = _NC_FAIL.search(text)
    return _failed_nc(text, failed[1].lower()) if failed is not None else None


def _failed_nc(text: str, word: str) -> Reading:
    address = _ADDRESS.search(text)
    outcome = Outcome.NAME_MISSING if "resolve" in word or "known" in word else Outcome.UNREACHABLE
    if "timed out" in word:
        outcome = Outcome.TIMED_OUT
    elif "refused" in word:
        outcome = Outcome.REFUSED
    at = f" to {address[1]}" if address else ""
    return Reading(
        tool="nc",
        outcome=outcome,
        says=f"A TCP connection{at} failed: {word}.",
        addresses=(address[1],) if address else (),
    )


def test_net_connection(text: str) -> Reading | None:
    """What PowerShell's Test-NetConnection found; None where the text is not its output."""
    found = _TNC.search(text)
    if found is None:
        missing = re.search(r"Name resolution of (\S+) failed", text)
        if missing is None:
            return None
        says = f"{missing[1]} was not resolved."
        return Reading(
            tool="Test-NetConnection", outcome=Outcome.NAME_MISSING, says=says, host=missing[1]
        )
    fields = {name.lower(): value for name, value in _TNC_FIELD.findall(text)}
    is_open = found[1].lower() == "true"
    host, address = fields.get("computername", ""), fields.get("remoteaddress", "")
    port = fields.get("remoteport", "")
    word = "was made" if is_open else "was not made in time"
    return Reading(
        tool="Test-NetConnection",
        outcome=Outcome.OPEN if is_open else Outcome.TIMED_OUT,
        says=f"A TCP connection to {host} ({address}) port {port} {word}.",
        host=host,
        addresses=(address,) if _ADDRESS.fullmatch(address) else (),
        port=whole_number(port),
    )


def psql(text: str) -> Reading | None:
    """What psql or pg_isready printed where it got through; None otherwise."""
    ready = _READY.search(text)
    if ready is not None:
        outcome = Outcome.OPEN if ready[3] != "no response" else Outcome.TIMED_OUT
        says = f"pg_isready says of {ready[1]}: {ready[3]}."
        return Reading(tool="pg_isready", outcome=outcome, says=says, host=ready[1])
    if _PSQL_TABLE.search(text) and "psql: error" not in text:
        return Reading(
            tool="psql", outcome=Outcome.CONNECTED, says="psql connected and ran a statement."
        )
    return None
