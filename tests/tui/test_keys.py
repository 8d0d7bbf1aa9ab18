"""Every key and pane does what the key table says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from pgtopo.tui import layout
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.filter_line import FilterLine
from pgtopo.tui.help import HelpScreen
from pgtopo.tui.keys import ACTIONS, FOOTER, Where, footer, of
from pgtopo.tui.opening import Judged, Opened
from pgtopo.tui.panes.document import Document
from pgtopo.tui.panes.grid import GridList
from pgtopo.tui.panes.tree import TreeList
from pgtopo.tui.start_up import keymap
from pgtopo.views import copies
from pgtopo.views.groupings import Grouping
from pgtopo.views.ordered_bench import OrderedBench
from pgtopo.views.signs import Sign
from pgtopo.views.state import Tab, View
from pgtopo.views.workbench import Workbench
from tests.tui.screen import CONTOSO, demo, on_demo, opened, rested, text_of


def bench_of(app: PgtopoApp) -> Workbench:
    assert app.bench is not None
    return app.bench


def selected(app: PgtopoApp) -> str:
    return copies.arm_id(bench_of(app).desk, bench_of(app).state.place).rsplit("/", 1)[-1]


def cursor(app: PgtopoApp) -> int:
    return bench_of(app).tree.outline.cursor


def column(app: PgtopoApp) -> int:
    grid = bench_of(app).grid
    assert grid is not None
    return grid.column


def cell_sign(app: PgtopoApp) -> Sign:
    grid = bench_of(app).grid
    assert grid is not None
    assert grid.cell is not None
    return grid.cell.sign


def is_reversed(app: PgtopoApp) -> bool:
    grid = bench_of(app).grid
    return grid is not None and grid.layout.is_reversed


STEPS: list[tuple[str, tuple[str, ...], Callable[[PgtopoApp], bool]]] = [
    ("j", ("j",), lambda a: cursor(a) == 1),
    ("down", ("down", "down"), lambda a: cursor(a) == 2),
    ("k", ("j", "j", "k"), lambda a: cursor(a) == 1),
    ("up", ("j", "up"), lambda a: cursor(a) == 0),
    ("k at the top", ("k",), lambda a: cursor(a) == 0),
    ("G", ("G",), lambda a: cursor(a) == len(bench_of(a).tree.outline.rows) - 1),
    ("end", ("end",), lambda a: cursor(a) == len(bench_of(a).tree.outline.rows) - 1),
    ("g", ("G", "g"), lambda a: cursor(a) == 0),
    ("home", ("G", "home"), lambda a: cursor(a) == 0),
    ("page down", ("pagedown",), lambda a: cursor(a) > 5),
    ("page up", ("G", "pageup", "pageup"), lambda a: cursor(a) == 0),
    ("space opens", ("j", "space"), lambda a: bench_of(a).tree.outline.is_open(1)),
    ("space closes", ("j", "space", "space"), lambda a: not bench_of(a).tree.outline.is_open(1)),
    ("l opens", ("j", "l"), lambda a: bench_of(a).tree.outline.is_open(1)),
    ("l again goes in", ("j", "l", "l"), lambda a: a.front == layout.RIGHT),
    ("enter opens", ("j", "enter"), lambda a: bench_of(a).tree.outline.is_open(1)),
    ("h closes", ("j", "l", "h"), lambda a: not bench_of(a).tree.outline.is_open(1)),
    ("h goes to the parent", ("j", "l", "j", "h"), lambda a: cursor(a) == 1),
    ("v", ("v",), lambda a: bench_of(a).grouping is Grouping.SUBSCRIPTION),
    ("v four times", ("v", "v", "v", "v"), lambda a: bench_of(a).grouping is Grouping.NETWORK),
    ("f", ("f",), lambda a: bench_of(a).sieve.is_faults_only),
    ("f twice", ("f", "f"), lambda a: not bench_of(a).sieve),
    ("n", ("n",), lambda a: bench_of(a).desk.problems.sign(bench_of(a).state.place.id).is_fault),
    ("N", ("n", "n", "N"), lambda a: bool(selected(a))),
    ("2", ("2",), lambda a: bench_of(a).view is View.FINDINGS),
    ("3", ("3",), lambda a: bench_of(a).view is View.REACH and "→" in text_of(a)),
    ("4", ("4",), lambda a: bench_of(a).view is View.NAMES and "answer" in text_of(a)),
    ("l in a grid", ("3", "l", "l"), lambda a: column(a) == 2),
    ("h in a grid", ("3", "l", "l", "h"), lambda a: column(a) == 1),
    ("$", ("3", "dollar_sign"), lambda a: column(a) > 20),
    ("0", ("3", "dollar_sign", "0"), lambda a: column(a) == 0),
    ("t in a grid", ("3", "j", "t"), lambda a: bench_of(a).state.tab is Tab.PATH),
    ("/ in a grid", ("3", "slash", *"crm"), lambda a: "hidden by filter" in text_of(a)),
    ("s in a grid", ("3", "s"), lambda a: "worst first" in text_of(a)),
    ("S in a grid", ("3", "S"), is_reversed),
    ("v in a grid", ("3", "v"), lambda a: "alike" in text_of(a)),
    ("space in a grid", ("3", "v", "g", "space"), lambda a: bench_of(a).view is View.REACH),
    ("f in a grid", ("4", "f"), lambda a: bench_of(a).sieve.is_faults_only),
    ("n in a grid", ("3", "n"), lambda a: cell_sign(a).is_fault),
    ("i", ("i",), lambda a: "Every row was read" in text_of(a)),
    ("a", ("2", "a"), lambda a: bench_of(a).desk.tries_fixes),
    ("1", ("2", "1"), lambda a: bench_of(a).view is View.ESTATE),
    ("-", ("2", "minus"), lambda a: bench_of(a).view is View.ESTATE),
    ("[", ("2", "left_square_bracket"), lambda a: bench_of(a).view is View.ESTATE),
    (
        "]",
        ("2", "left_square_bracket", "right_square_bracket"),
        lambda a: bench_of(a).view is View.FINDINGS,
    ),
    (".", ("full_stop",), lambda a: bench_of(a).state.tab is Tab.PATH),
    (",", ("comma",), lambda a: bench_of(a).state.tab is Tab.JSON),
    ("d", ("full_stop", "d"), lambda a: bench_of(a).state.tab is Tab.OVERVIEW),
    ("y", ("j", "y"), lambda a: bench_of(a).state.tab is Tab.JSON),
    ("tab", ("tab",), lambda a: isinstance(a.focused, Document)),
    ("tab twice", ("tab", "tab"), lambda a: isinstance(a.focused, TreeList)),
    ("shift+tab", ("shift+tab",), lambda a: isinstance(a.focused, Document)),
    ("+", ("plus",), lambda a: a.is_zoomed and "Overview" not in text_of(a)),
    ("+ and esc", ("plus", "escape"), lambda a: not a.is_zoomed and "Overview" in text_of(a)),
    ("esc clears faults", ("f", "escape"), lambda a: not bench_of(a).sieve),
    ("esc goes back", ("2", "escape"), lambda a: bench_of(a).view is View.ESTATE),
    ("?", ("question_mark",), lambda a: isinstance(a.screen, HelpScreen)),
    ("F1", ("f1",), lambda a: isinstance(a.screen, HelpScreen)),
    ("? and esc", ("question_mark", "escape"), lambda a: not isinstance(a.screen, HelpScreen)),
    ("u", ("j", "u"), lambda a: bench_of(a).state.tab is Tab.USED_BY and "peering" in text_of(a)),
    ("o", ("j", "o"), lambda a: a.clipboard.startswith("https://portal.azure.com/#@/resource/")),
    ("c", ("j", "c"), lambda a: a.clipboard == "vnet-analytics-weu"),
    ("C", ("j", "C"), lambda a: a.clipboard.startswith("/subscriptions/")),
    ("ctrl+y", ("j", "ctrl+y"), lambda a: a.clipboard.startswith("az resource show --ids")),
    (
        "s",
        ("2", "s"),
        lambda a: "then number" in text_of(a),
    ),
    ("S", ("2", "S"), lambda a: "reversed" in text_of(a)),
    ("v in findings", ("2", "v"), lambda a: "Findings by check" in text_of(a)),
    ("e", ("2", "e"), lambda a: bench_of(a).view is View.ESTATE and bool(selected(a))),
    ("enter in findings", ("2", "enter"), lambda a: a.front == layout.RIGHT),
    ("h in details", ("tab", "h"), lambda a: a.front == layout.LEFT),
    (
        "enter follows",
        ("tab", "j", "enter"),
        lambda a: bench_of(a).view is View.FINDINGS,
    ),
    ("/", ("slash", "s", "h", "o", "p"), lambda a: bench_of(a).sieve.wanted.text == "shop"),
    ("/ kept", ("slash", "s", "h", "o", "p", "enter", "j"), lambda a: "hidden" in text_of(a)),
    ("/ dropped", ("slash", "s", "h", "escape"), lambda a: not bench_of(a).sieve),
    ("q types in a filter", ("slash", "q"), lambda a: bench_of(a).sieve.wanted.text == "q"),
]


async def afresh(app: PgtopoApp, pilot: Pilot[None]) -> None:
    """Everything as it was when the estate had just been opened."""
    while len(app.screen_stack) > 1:
        app.pop_screen()
    app.query_one(FilterLine).close()
    app.is_zoomed = False
    app.note = ""
    desk, judgement = demo()
    app.post_message(Opened(desk))
    app.post_message(Judged(desk, judgement, ""))
    await rested(app, pilot)


@pytest.mark.parametrize("part", range(6))
async def test_every_key_does_what_the_table_says(part: int) -> None:
    async with on_demo(size=(120, 40)) as (app, pilot):
        for name, keys, holds in STEPS[part::6]:
            await afresh(app, pilot)
            for key in keys:
                await pilot.press(key)
                if key in ("3", "4"):
                    await rested(app, pilot)
            await rested(app, pilot)
            assert holds(app), name


async def test_quit() -> None:
    async with on_demo("q") as (app, _):
        assert app.return_code == 0


async def test_palette_opens_by_colon_and_runs_a_command() -> None:
    async with on_demo("colon") as (app, pilot):
        assert "ommand" in type(app.screen).__name__
        await pilot.press(*"all findings")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert bench_of(app).view is View.FINDINGS


async def test_palette_goes_to_a_server_by_name() -> None:
    async with on_demo("ctrl+p") as (app, pilot):
        await pilot.press(*"psql-hr")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert selected(app) == "psql-hr-legacy-weu"


async def test_mouse_selects_opens_and_scrolls() -> None:
    async with on_demo(size=(120, 20)) as (app, pilot):
        await pilot.click("#tree", offset=(8, 3))
        assert cursor(app) == 3
        await pilot.click("#tree", offset=(8, 1))
        await pilot.click("#tree", offset=(8, 1))
        assert bench_of(app).tree.outline.is_open(1)
        tree = app.query_one("#tree", TreeList)
        before = tree.top
        tree.post_message(MouseScrollDown(tree, 3, 3, 0, 1, 0, shift=False, meta=False, ctrl=False))
        await rested(app, pilot)
        assert tree.top == before + 3
        assert cursor(app) == 1


async def test_a_click_on_another_cell_of_the_row_does_not_open_it() -> None:
    async with on_demo("3", "j") as (app, pilot):
        grid = app.query_one("#grid", GridList)
        at = (min(40, grid.row_width * 2 // 5) + 7, grid.cursor - grid.top + grid.head_rows)
        for front in (layout.LEFT, layout.RIGHT):
            await pilot.click("#grid", offset=at)
            await rested(app, pilot)
            assert app.front == front


async def test_everything_in_the_bars_is_clickable() -> None:
    async with on_demo(size=(120, 40)) as (app, pilot):
        await pilot.click("#where", offset=(12, 0))
        assert bench_of(app).view is View.FINDINGS
        await pilot.click("#where", offset=(3, 0))
        assert bench_of(app).view is View.ESTATE
        await pilot.click("#keys", offset=(15, 0))
        assert bench_of(app).grouping is Grouping.SUBSCRIPTION
        await pilot.click("#detail-pane .pane-tabs", offset=(14, 0))
        assert bench_of(app).state.tab is Tab.PATH


async def test_json_tab_shows_the_row() -> None:
    async with on_demo("j", "y") as (app, pilot):
        for _ in range(50):
            if '"addressSpace"' in text_of(app):
                break
            await pilot.pause(0.05)
        assert '"addressSpace"' in text_of(app)


async def test_other_keys_can_be_given() -> None:
    app = PgtopoApp([CONTOSO], select=("PGT101",))
    app.set_keymap(keymap({"regroup": "b", "list.down": "e"}))
    async with app.run_test() as pilot:
        from tests.tui.screen import settled

        await settled(app, pilot)
        await pilot.press("b", "e")
        assert bench_of(app).grouping is Grouping.SUBSCRIPTION
        assert cursor(app) == 1


def test_the_key_table_has_no_clash_and_only_plain_keys() -> None:
    allowed = {"enter", "space", "tab", "shift+tab", "escape", "up", "down", "left", "right"}
    allowed |= {"home", "end", "pageup", "pagedown", "slash", "minus", "plus", "colon", "comma"}
    allowed |= {"full_stop", "question_mark", "left_square_bracket", "right_square_bracket", "f1"}
    allowed |= {"dollar_sign"}
    for where in Where:
        seen: dict[str, str] = {}
        for action in of(where):
            for key in action.keys:
                assert key in allowed or len(key) == 1 or key.startswith("ctrl+"), key
                assert seen.setdefault(key, action.name) == action.name, (where, key)
    anywhere = {key: a.name for a in of(Where.ANYWHERE) for key in a.keys}
    for where in (Where.TREE, Where.DETAIL, Where.FINDINGS, Where.LIST):
        for action in of(where):
            for key in action.keys:
                assert key not in anywhere, (where, key, anywhere.get(key))


def test_the_last_line_names_six_to_eight_keys_of_panes() -> None:
    for where in (Where.TREE, Where.DETAIL, Where.FINDINGS):
        assert 6 <= len(footer(where)) <= 8
        width = sum(len(key) + len(word) + 3 for key, word, _ in footer(where))
        assert width <= 80, (where, width)
    assert set(FOOTER) <= set(Where)


def test_every_action_has_a_sentence() -> None:
    assert all(action.text and action.keys for action in ACTIONS)


async def test_a_file_can_be_cancelled_and_the_start_screen_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text("[{")
    async with opened(str(path)) as (app, pilot):
        assert "Could not open" in text_of(app)
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert "Nothing is ever changed in Azure" in text_of(app)


async def test_a_path_is_traced_between_two_marks() -> None:
    async with on_demo("v", "v", "j", "m") as (app, pilot):
        assert "mark a client" in text_of(app)
        await pilot.press("M", *"internet", "enter")
        await rested(app, pilot)
        assert bench_of(app).state.tab is Tab.PATH
        assert "BLOCKED" in text_of(app)
        assert "server state" in text_of(app)


async def test_a_client_nobody_knows_is_said_not_crashed_on() -> None:
    async with on_demo("v", "v", "j", "m", "M", *"no-such-thing", "enter") as (app, _):
        assert "no-such-thing" in text_of(app)


async def test_trace_says_what_is_lacking() -> None:
    async with on_demo("t") as (app, _):
        assert "mark a client with m" in text_of(app)


async def test_the_screen_survives_every_size() -> None:
    async with on_demo("n", size=(120, 40)) as (app, pilot):
        for width, height in ((20, 5), (59, 16), (60, 15), (60, 16), (300, 80), (1, 1), (80, 24)):
            await pilot.resize_terminal(width, height)
            await rested(app, pilot)
        assert "servers" in text_of(app)


@pytest.mark.parametrize(
    "theme",
    ["pgtopo-light", "colour-blind-safe", "high-contrast", "nord", "ansi-dark", "no-such-theme"],
)
async def test_themes(theme: str) -> None:
    app = PgtopoApp(theme=theme)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.05)
        assert app.theme == (theme if theme != "no-such-theme" else "pgtopo")
        assert "pgtopo" in text_of(app)


async def test_no_color_stays_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with on_demo("n") as (app, _):
        assert app.no_color
        assert "✖" in text_of(app)


async def test_a_filter_with_an_unknown_key_is_told_the_keys() -> None:
    async with on_demo(size=(120, 30)) as (app, pilot):
        await pilot.press("slash", *"sku:x")
        await rested(app, pilot)
        assert "unknown key 'sku'; keys are kind, name" in text_of(app)
        await pilot.press("escape", "slash", *"kind:server")
        await rested(app, pilot)
        assert "unknown key" not in text_of(app)


async def test_the_tree_is_ordered_otherwise_and_stays_so() -> None:
    async with on_demo("j", "space", "j") as (app, pilot):
        bench = bench_of(app)
        before, opened = selected(app), len(bench.tree.outline.rows)
        texts = []
        for _ in range(4):
            await pilot.press("s")
            await rested(app, pilot)
            assert selected(app) == before, "the cursor stays on its row"
            assert len(bench.tree.outline.rows) == opened, "what is open stays open"
            texts.append(text_of(app).splitlines()[-2])
        for word, text in zip(("worst first", "by address", "biggest first"), texts, strict=False):
            assert word in text
        assert "first" not in texts[3]
        await pilot.press("s", "g")
        await rested(app, pilot)
        rollup = bench.desk.rollup(bench.grouping)
        roots = [at for at, up in enumerate(bench.tree.forest.parents) if up < 0][1:]
        assert [rollup.worst[at] for at in roots] == sorted(rollup.worst[at] for at in roots)
        await pilot.press("S", "v")
        await rested(app, pilot)
        assert "worst first, reversed" in text_of(app)
        while bench.grouping is not Grouping.NETWORK:
            await pilot.press("v")
        await pilot.press("s", "s", "s", "S")
        await rested(app, pilot)
        assert isinstance(bench, OrderedBench)
        assert bench.arranging.how.text == ""


def test_every_view_has_its_key_in_the_table() -> None:
    anywhere = {action.name: action.keys for action in of(Where.ANYWHERE)}
    assert all(anywhere[f"view_{view.name.lower()}"] == (view.value,) for view in View)


async def test_the_last_line_names_the_keys_of_every_view() -> None:
    async with on_demo() as (app, pilot):
        for view in reversed(View):
            await pilot.press(view.value)
            await rested(app, pilot)
            assert bench_of(app).view is view
            assert app.front == layout.LEFT
            assert app.place is app.front_list().PLACE
            shown = " ".join(f"{key} {word}" for key, word, _ in footer(app.place))
            assert text_of(app).splitlines()[-1].split() == shown.split()
