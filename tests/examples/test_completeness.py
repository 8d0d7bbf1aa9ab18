"""Every worked example and every decided reading is named by a test, and holds who decides."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

LINES = [*(f"g{n}" for n in range(1, 36)), *(f"j{n}" for n in range(1, 72))]
NOT_ABOUT_ONE_PATH = {
    "test_j71_settings_override_what_a_verdict_rests_on",
    "test_j71_reachability_of_azure_dns_rests_on_the_platform",
    "test_j71_other_scopes_unseen_keeps_the_verdict_it_stands_beside",
    "test_j71_ipv6_is_left_out_whatever_the_settings_say",
    "test_j71_every_assumption_says_its_default_and_what_settles_it",
    "test_j65_order_in_which_the_mode_is_told",
    "test_j69_range_on_premises_is_split_by_what_gateways_cover",
    "test_j53_state_is_anded_to_every_part",
    "test_j62_prefixes_of_routes_are_in_the_tag_whatever_their_next_hop",
}
"""They hold a behaviour of another kind than the verdicts and deciders of one trace."""


@cache
def _tests() -> tuple[ast.FunctionDef, ...]:
    return tuple(
        node
        for path in sorted(Path(__file__).parent.glob("test_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def _named(name: str) -> set[str]:
    return {word for word in name.split("_") if re.fullmatch(r"[gj]\d+", word)}


@pytest.mark.parametrize("line", LINES)
def test_line_is_named_by_a_test(line: str) -> None:
    assert any(line in _named(one.name) for one in _tests())


def test_every_test_of_a_line_holds_verdict_code_and_decider() -> None:
    lacking = [
        one.name
        for one in _tests()
        if _named(one.name) and not any(_is_says(node) for node in ast.walk(one))
    ]
    assert set(lacking) == NOT_ABOUT_ONE_PATH


def _is_says(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "says"
