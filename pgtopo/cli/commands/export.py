"""The topology as a picture, a page, or a graph for other programs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pgtopo.cli import estate, exit_codes, options, output, terminal
from pgtopo.errors import UsageError
from pgtopo.reports import registry as formats

if TYPE_CHECKING:
    from pgtopo.model.ids import ArmId
    from pgtopo.reports.drawing.document import Picture
    from pgtopo.session import Session

NAME = "export"
HELP = "draw the topology, one server's surroundings, or one path"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, what is drawn of them, and the document."""
    options.add_files(parser)
    parser.add_argument(
        "--focus",
        metavar="NAME",
        help="draw what surrounds a server or a network: its id or name",
    )
    parser.add_argument(
        "--from",
        dest="client",
        metavar="CLIENT",
        help="with --to: draw one path from this name, NETWORK/SUBNET or more, as for trace",
    )
    parser.add_argument("--to", dest="server", metavar="SERVER", help="the server of the path")
    options.add_port(parser)
    options.add_client_dns(parser)
    parser.add_argument(
        "--apart",
        action="store_true",
        help="draw every network of a large estate by itself, not those alike as one",
    )
    parser.add_argument(
        "--no-findings", action="store_true", help="run no checks: draw what is there without signs"
    )
    options.add_output(parser, formats.formats("drawing"))


def run(args: argparse.Namespace) -> int:
    """Draw, and write the document."""
    if bool(args.client) != bool(args.server):
        raise UsageError("a path has two ends", "give both --from and --to")
    if args.client and args.focus:
        raise UsageError("--focus and --from exclude each other", "give one of them")
    session = estate.opened(args)
    style = terminal.style(args.output)
    picture = _picture(session, args, style.width if args.format == "text" else None)
    render = formats.renderer("drawing", args.format).render
    output.write(render(picture, style), args.output)
    estate.tell_size(session)
    return exit_codes.FINE


def _picture(session: Session, args: argparse.Namespace, width: int | None) -> Picture:
    from pgtopo.reports.drawing import document

    if args.client:
        _, found = session.trace(
            args.client, args.server, port=args.port, client_dns=args.client_dns
        )
        return document.of_path(session.facts, found, width)
    from pgtopo.views.desk import Desk
    from pgtopo.views.judgement import judge
    from pgtopo.views.map.around import around
    from pgtopo.views.map.whole import whole

    focus = _focus(session, args.focus) if args.focus else None
    desk = Desk(session.facts, files=tuple(args.files))
    if not args.no_findings:
        desk.settle(*judge(desk, session.findings().findings))
    scene = around(desk, focus) if focus else whole(desk, is_apart=args.apart)
    return document.of_scene(desk, scene, width)


def _focus(session: Session, text: str) -> ArmId:
    """The server or network a text stands for."""
    from pgtopo.analysis.clients.clients import find_client
    from pgtopo.analysis.servers.targets import find_target

    try:
        return find_target(session.facts, text).server.id
    except UsageError as error:
        if "stands for" in error.message:
            raise
    try:
        found = find_client(session.facts, text).id
    except UsageError as error:
        if "stands for" in error.message:
            raise
        found = None
    if found is None:
        raise UsageError(f"{text} is no server and no network in this data", _near(session, text))
    return found


def _near(session: Session, text: str) -> str:
    """The servers and networks that may have been meant; some of each where none is like it."""
    from pgtopo.analysis.wording import near_misses, shortened
    from pgtopo.model.network import VirtualNetwork
    from pgtopo.model.server import FlexibleServer

    topology = session.facts.topology
    servers = [one.name for one in topology.all(FlexibleServer)]
    networks = [one.name for one in topology.all(VirtualNetwork)]
    known = {name.lower(): name for name in (*servers, *networks)}
    told = f"give a server or a network, such as {shortened([*servers[:3], *networks[:3]])}"
    return near_misses(text, known) or (told if known else "give the id or name of one")
