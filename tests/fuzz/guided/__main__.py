"""Fuzz one target: `python -m tests.fuzz.guided TARGET --seconds 60 [--folder DIR]`.

What leads somewhere new goes into DIR, beside what is kept in `corpus/`; an input that breaks
something stays there as `crash-...`, and is shown again by `--try FILE`.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

from tests.fuzz.guided.shaping import shaped

CORPUS = Path(__file__).parent / "corpus"
LONGEST = 8192

NAMES = sorted(path.name for path in CORPUS.iterdir())


def main() -> None:
    """Run one target for a time, or all one after the other."""
    arguments = _parser().parse_args()
    if arguments.target == "all":
        sys.exit(max(_alone(name, arguments) for name in NAMES))
    target = _target(arguments.target)
    if arguments.attempt:
        target(arguments.attempt.read_bytes())
        return
    arguments.folder.mkdir(parents=True, exist_ok=True)
    words = [sys.argv[0], str(arguments.folder), str(CORPUS / arguments.target)]
    words += [f"-max_total_time={arguments.seconds}", f"-max_len={LONGEST}", "-timeout=20"]
    words += ["-rss_limit_mb=2048", "-print_final_stats=1", "-len_control=20"]
    words += [
        f"-artifact_prefix={arguments.folder}/",
        f"-seed={arguments.seed}",
        "-close_fd_mask=0",
    ]
    if arguments.merge_to:
        arguments.merge_to.mkdir(parents=True, exist_ok=True)
        words[1:3] = [str(arguments.merge_to), *words[1:3]]
        words += ["-merge=1"]
    atheris.Setup(words, target, custom_mutator=_mutated)
    atheris.Fuzz()


def _target(name: str) -> Callable[[bytes], None]:
    """A target whose branches are counted."""
    with atheris.instrument_imports(include=["pgtopo"]):
        from tests.fuzz.guided.targets import TARGETS
    return TARGETS[name]


def _alone(name: str, arguments: argparse.Namespace) -> int:
    """Fuzz one target in a process of its own; its exit code."""
    words = ["--seconds", str(arguments.seconds), "--folder", str(arguments.folder / name)]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", name, "--seed", str(arguments.seed), *words],
        check=False,
        stderr=subprocess.PIPE,
    )
    said = ran.stderr.decode(errors="replace").splitlines()
    told = (
        [line for line in said if "DONE" in line and "cov:" in line]
        if ran.returncode == 0
        else said[-60:]
    )
    sys.stdout.write("\n".join([f"{name}:", *told]) + "\n")
    sys.stdout.flush()
    return ran.returncode


def _mutated(data: bytes, most: int, seed: int) -> bytes:
    """Half of all mutants keep the shape of JSON; the others are what libFuzzer makes."""
    chance = random.Random(seed)
    made = shaped(data, chance) if chance.random() < 0.5 else None
    if made is None or len(made) > most:
        return bytes(atheris.Mutate(data, most))
    return made


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("target", choices=[*NAMES, "all"])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--merge-to", type=Path, help="keep there the least that reaches as much")
    parser.add_argument("--try", dest="attempt", type=Path, metavar="FILE")
    return parser


main()
