"""Starts the stand-in by hand."""

from __future__ import annotations

import argparse
import contextlib
import sys

from tests.stand_in.estate import Estate
from tests.stand_in.server import StandIn, bind


def main() -> None:
    """Answer until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.stand_in", description="Answer like Azure, out of a snapshot."
    )
    parser.add_argument("snapshot", help="a pgtopo snapshot, as plain JSON")
    parser.add_argument("--port", type=int, default=8899, help="on 127.0.0.1 (default: 8899)")
    parser.add_argument("--page", type=int, default=1000, help="rows per page at most")
    parser.add_argument("--quota", type=int, default=15, help="queries per 5 seconds")
    parser.add_argument("--hide", action="append", default=[], help="a subscription not to show")
    parser.add_argument("--deny", action="append", default=[], help="a read to deny: firewallRules")
    args = parser.parse_args()
    stand_in = StandIn(Estate.read(args.snapshot))
    stand_in.graph.largest_page = args.page
    stand_in.graph.quota = args.quota
    stand_in.graph.unreadable = {one.lower() for one in args.hide}
    stand_in.manager.denied = {one.lower() for one in args.deny}
    server = bind(stand_in, args.port)
    count = len(stand_in.estate.subscriptions())
    sys.stdout.write(f"{stand_in.url} answers for {count} subscriptions\n")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
