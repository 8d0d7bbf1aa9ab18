"""Any bytes as a snapshot: every container there is, around the same bytes or made of them."""

from __future__ import annotations

import gc
import zlib

import zstandard

from pgtopo.model.ids import fold
from pgtopo.sources.lenient import untyped
from pgtopo.sources.load import Loaded, load_held
from tests.fuzz.guided.refusing import refusing

_HEAD = b'{"format":"pgtopo.snapshot","version":1,"created_at":"2026-01-02T03:04:05Z"'


def file(data: bytes) -> None:
    """Read the bytes in the container that the first one names."""
    made = CONTAINERS[data[0] % len(CONTAINERS)](data[1:]) if data else data
    with refusing():
        _require_rows(load_held("fuzz", made))
    gc.unfreeze()  # a load keeps what it read from the collector; here thousands follow each other


def _require_rows(loaded: Loaded) -> None:
    """The store gives the text of each row again, and it is the row's."""
    topology = loaded.topology
    for resource in topology.resources():
        origin = resource.origin
        if origin is None or origin.offset < 0:
            continue
        row = untyped(loaded.rows.raw(origin))
        assert isinstance(row, dict), row
        assert "id" in row
        loaded.rows.shown(origin)
        assert fold(topology.display(resource.id)) == resource.id


def _plain(data: bytes) -> bytes:
    return data


def _gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def _zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=1).compress(data)


def _cut(data: bytes) -> bytes:
    return _gzip(data)[: -(len(data) % 23) - 1]


def _rows(data: bytes) -> bytes:
    return _HEAD + b',"coverage":[],"rows":[\n' + data + b"\n]}\n"


def _coverage(data: bytes) -> bytes:
    return _HEAD + b',"coverage":' + data + b',"rows":[]}'


def _data(data: bytes) -> bytes:
    return b'{"count":1,"data":' + data + b',"skip_token":null}'


def _table(data: bytes) -> bytes:
    columns = b'{"name":"id","type":"string"},{"name":"type"},{"name":"properties"}'
    return b'{"data":{"columns":[' + columns + b'],"rows":[' + data + b"]}}"


def _value(data: bytes) -> bytes:
    return b'{"value": [\n  ' + data + b'\n  ],"nextLink":null}'


def _lines(data: bytes) -> bytes:
    return data.replace(b"\x00", b"\n")


def _utf16(data: bytes) -> bytes:
    return b"\xff\xfe" + data.decode("latin-1").encode("utf-16-le")


def _marked(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


CONTAINERS = (
    *(_plain, _gzip, _zstd, _cut, _rows, _coverage, _data, _table, _value, _lines),
    *(_utf16, _marked),
)
