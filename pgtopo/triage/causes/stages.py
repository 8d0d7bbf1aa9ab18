"""How well a step of each stage explains each symptom."""

from pgtopo.analysis.verdict import Stage
from pgtopo.triage.symptoms.classes import SymptomClass

ANSWERED = frozenset(
    {"WRONG_ADDRESS", "PUBLIC_ANSWER", "ADDRESS_UNCLEAR", "OTHER_ZONE_RECORD", "ALIAS_ELSEWHERE"}
)
"""Codes of names that do get an answer, only a wrong one."""

SILENT = frozenset(
    {
        *("DNS_SERVER_UNREACHABLE", "DNS_PROXY_OFF", "DNS_NO_SERVER", "DNS_LOOP", "RULE_LOOP"),
        *("AZURE_DNS_FROM_OUTSIDE", "PLATFORM_DNS_DENIED"),
    }
)
"""Codes of names that get no answer at all: Linux calls that a temporary failure."""

DENIED = frozenset(
    {
        *("ZONE_NOT_LINKED", "WRONG_ZONE", "RECORD_MISSING", "NAME_CAPTURED", "NO_ZONE"),
        *("CNAME_TARGET_NOT_PUBLIC", "PUBLIC_CNAME_MISSING"),
    }
)
"""Codes of names of which an answer says that they do not exist."""

WAY_THERE = frozenset(
    {
        Stage.CLIENT_FILTER,
        Stage.FORWARD_ROUTE,
        Stage.PEERING,
        Stage.TRANSIT,
        Stage.SERVER_FILTER,
        Stage.RETURN_ROUTE,
        Stage.SERVER_ACCESS,
    }
)
NETWORK = WAY_THERE | {Stage.STATE}

EXPLAINS, FITS, BARELY, CONTRADICTS = 3, 2, 1, 0

_C = SymptomClass
_DROPS = dict.fromkeys(WAY_THERE, EXPLAINS)
_TABLE: dict[SymptomClass, dict[Stage, int]] = {
    _C.NAME_NOT_FOUND: {Stage.STATE: FITS} | dict.fromkeys(WAY_THERE, BARELY),
    _C.TIMEOUT: {Stage.STATE: EXPLAINS} | _DROPS,
    _C.REFUSED: {Stage.STATE: EXPLAINS, Stage.TRANSIT: BARELY},
    _C.UNREACHABLE: {
        Stage.FORWARD_ROUTE: FITS,
        Stage.PEERING: FITS,
        Stage.TRANSIT: FITS,
        Stage.CLIENT_FILTER: BARELY,
        Stage.STATE: BARELY,
    },
    _C.TLS: {},
    _C.AUTH: {},
    _C.CAPACITY: {},
    _C.DROPPED: {
        Stage.STATE: FITS,
        Stage.TRANSIT: FITS,
        Stage.RETURN_ROUTE: FITS,
    },
    _C.READ_ONLY: {},
    _C.UNKNOWN: dict.fromkeys(NETWORK, FITS),
}
_NAMES = {_C.NAME_NOT_FOUND: EXPLAINS, _C.UNKNOWN: FITS, _C.TIMEOUT: BARELY}
_WRONG_ANSWERS = {
    _C.NAME_NOT_FOUND: BARELY,
    _C.TIMEOUT: EXPLAINS,
    _C.REFUSED: EXPLAINS,
    _C.UNREACHABLE: FITS,
    _C.TLS: FITS,
    _C.UNKNOWN: FITS,
}


def fit(kind: SymptomClass, stage: Stage, code: str) -> int:
    """How well a step of a stage explains a symptom: 0 contradicts it, 3 explains it."""
    if stage is Stage.DNS:
        table = _WRONG_ANSWERS if code in ANSWERED else _NAMES
        return table.get(kind, CONTRADICTS)
    return _TABLE[kind].get(stage, CONTRADICTS)
