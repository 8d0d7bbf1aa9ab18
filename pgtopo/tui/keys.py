"""Every action with its keys: the one table behind bindings, footer, help, palette and README."""

from enum import Enum
from typing import NamedTuple


class Where(Enum):
    """Where an action works."""

    ANYWHERE = "Anywhere"
    LIST = "In every list"
    TREE = "Estate tree"
    DETAIL = "Detail pane"
    FINDINGS = "List of findings"
    GRID = "Grid of reach or names"
    MAP = "Map"
    TRIAGE = "Triage"
    CHANGES = "List of changes"
    START = "Start screen"
    LOADING = "While loading"
    STOPPED = "Once loading stopped"
    FILTER = "Filter line"
    ASKED = "Line that asks something"


class Action(NamedTuple):
    """Something a user can do."""

    name: str
    """The id used to give it other keys, and the Textual action behind it."""
    keys: tuple[str, ...]
    """In Textual's spelling; the first is the one shown."""
    word: str
    """One or two words for the footer; empty keeps it out of the footer."""
    text: str
    """One sentence for help and README."""
    where: Where = Where.ANYWHERE


ACTIONS = (
    # lists
    Action("down", ("j", "down"), "", "one row down", Where.LIST),
    Action("up", ("k", "up"), "", "one row up", Where.LIST),
    Action("page_down", ("pagedown", "ctrl+f"), "", "one page down", Where.LIST),
    Action("page_up", ("pageup", "ctrl+b"), "", "one page up", Where.LIST),
    Action("top", ("g", "home"), "", "first row", Where.LIST),
    Action("bottom", ("G", "end"), "", "last row", Where.LIST),
    # tree
    Action("open", ("enter", "l", "right"), "open", "open, or go into the details", Where.TREE),
    Action("fold", ("space",), "fold", "show or hide what is below", Where.TREE),
    Action("parent", ("h", "left"), "parent", "go to the parent, or close", Where.TREE),
    Action("regroup", ("v",), "regroup", "by network, subscription, server, zone", Where.TREE),
    Action("sort", ("s",), "sort", "by name, worst first, by address, biggest first", Where.TREE),
    Action("reverse", ("S",), "", "the other way round", Where.TREE),
    # findings
    Action("open", ("enter", "l", "right"), "open", "go into the finding", Where.FINDINGS),
    Action("show_subject", ("e",), "show it", "show the resource in the estate", Where.FINDINGS),
    Action("regroup", ("v",), "regroup", "by cause, check, family, ungrouped", Where.FINDINGS),
    Action("sort", ("s",), "sort", "by severity, number, check, subject", Where.FINDINGS),
    Action("reverse", ("S",), "", "the other way round", Where.FINDINGS),
    # detail
    Action("follow", ("enter", "l", "right"), "follow", "follow the reference", Where.DETAIL),
    Action("leave", ("h", "left"), "back", "back to the list", Where.DETAIL),
    # grid
    Action("open", ("enter",), "open", "go into the path of the cell", Where.GRID),
    Action("column_left", ("h", "left"), "left", "one column to the left", Where.GRID),
    Action("column_right", ("l", "right"), "right", "one column to the right", Where.GRID),
    Action("first_column", ("0",), "", "the first column", Where.GRID),
    Action("last_column", ("dollar_sign",), "", "the last column", Where.GRID),
    Action("sort", ("s",), "worst", "the worst rows and columns first, or by name", Where.GRID),
    Action("reverse", ("S",), "", "the other way round", Where.GRID),
    Action("regroup", ("v",), "alike", "rows with equal answers as one, or apart", Where.GRID),
    Action("fold", ("space",), "", "the rows that one stands for, one by one", Where.GRID),
    # map
    Action("open", ("enter",), "open", "go into the details of the box", Where.MAP),
    Action("turn_map", ("v",), "around", "everything, around the box, along the path", Where.MAP),
    Action("unfold", ("space",), "unfold", "show a bundle box by box, or together", Where.MAP),
    Action("magnify", ("z",), "closer", "let boxes say more, or the least again", Where.MAP),
    Action("box_left", ("h", "left"), "", "the box at the left", Where.MAP),
    Action("box_right", ("l", "right"), "", "the box at the right", Where.MAP),
    Action("show_in_estate", ("e",), "estate", "show it in the estate", Where.MAP),
    # triage
    Action("open", ("enter", "l", "right"), "open", "say it, or go into the page", Where.TRIAGE),
    Action("pick_symptom", ("space",), "symptom", "pick what the client sees", Where.TRIAGE),
    Action("probe", ("P",), "probe", "connect to the server from this machine", Where.TRIAGE),
    # changes
    Action("open", ("enter", "l", "right"), "open", "compare, or go into the page", Where.CHANGES),
    Action("show_subject", ("e",), "show it", "show the resource in the estate", Where.CHANGES),
    Action("regroup", ("v",), "path/all", "what touches the path, or all", Where.CHANGES),
    Action("swap", ("s",), "swap", "which one is the earlier, if no time says", Where.CHANGES),
    # start
    Action("open", ("enter", "l", "right"), "open", "open what is selected", Where.START),
    # filter line
    Action("submit", ("enter",), "keep", "keep the filter and go back to the list", Where.FILTER),
    Action("drop", ("escape",), "drop", "drop the filter", Where.FILTER),
    # question line
    Action("submit", ("enter",), "take", "take what is typed", Where.ASKED),
    Action("drop", ("escape",), "leave", "leave everything as it is", Where.ASKED),
    # anywhere
    Action("filter", ("slash",), "filter", "keep rows: words, !not, ~fuzzy, key:value"),
    Action("faults", ("f",), "faults", "show faults only, or everything"),
    Action("next_hit", ("n",), "", "next hit of the filter, or next fault"),
    Action("previous_hit", ("N",), "", "previous hit, or previous fault"),
    Action("view_estate", ("1",), "", "the estate as a tree"),
    Action("view_findings", ("2",), "", "all findings"),
    Action("view_reach", ("3",), "", "client subnets against servers"),
    Action("view_names", ("4",), "", "networks against server names"),
    Action("view_map", ("5",), "", "the topology as a drawing"),
    Action("view_triage", ("6",), "", "from a symptom to its cause"),
    Action("view_changes", ("7",), "", "what changed since another snapshot"),
    Action("begin_triage", ("T",), "", "look into the selected cell, finding or ends"),
    Action("last_view", ("minus",), "", "the view before this one"),
    Action("history_back", ("left_square_bracket",), "", "back, as in a browser"),
    Action("history_forward", ("right_square_bracket",), "", "forward again"),
    Action("mark", ("m",), "mark", "mark as one end of a path: a client or a server"),
    Action("type_client", ("M",), "", "type a client: an address, onprem:CIDR, internet"),
    Action("trace", ("t",), "trace", "trace the path between the two ends"),
    Action("next_tab", ("full_stop",), "tabs", "next tab of the details"),
    Action("previous_tab", ("comma",), "", "previous tab of the details"),
    Action("describe", ("d",), "", "the overview of what is selected"),
    Action("raw", ("y",), "", "its row as JSON"),
    Action("used_by", ("u",), "", "who refers to what is selected"),
    Action("portal", ("o",), "", "copy the address of its page in the Azure portal"),
    Action("copy_name", ("c",), "copy", "copy its name"),
    Action("copy_id", ("C",), "", "copy its Azure id"),
    Action("copy_command", ("ctrl+y",), "command", "copy the command or value of the line"),
    Action("save_report", ("ctrl+s",), "report", "save what is on the screen as a report"),
    Action("what_if", ("w",), "what if", "change a rule, route, link or peering in a copy"),
    Action("trial", ("W",), "", "what the change does; keep it, undo it, leave the copy"),
    Action("try_fixes", ("a",), "", "try fixes on a copy: unasked on all but big estates"),
    Action("suppress", ("x",), "suppress", "suppress a finding, or no longer: why, until when"),
    Action("set_aside", ("i",), "", "rows that could not be read: how many, why, where"),
    Action("privacy", ("p",), "", "pseudonyms in place of names and addresses"),
    Action("refresh", ("r",), "", "read it again, and tell what changed"),
    Action("retry", ("R",), "", "ask Azure again for what could not be read"),
    Action("next_pane", ("tab",), "pane", "next pane"),
    Action("previous_pane", ("shift+tab",), "", "previous pane"),
    Action("zoom", ("plus",), "", "this pane alone, or all of them"),
    Action("cancel", ("escape",), "", "cancel what runs, else one step back"),
    Action("palette", ("colon", "ctrl+p"), "", "every command and resource by name"),
    Action("help", ("question_mark", "f1"), "help", "what the keys do here"),
    Action("quit", ("q", "ctrl+q"), "quit", "leave pgtopo"),
)

_SHOWN = {
    "slash": "/",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "dollar_sign": "$",
    "colon": ":",
    "question_mark": "?",
    "escape": "esc",
    "pagedown": "page down",
    "pageup": "page up",
    "f1": "F1",
}


def shown(key: str) -> str:
    """A key as it stands on the keyboard."""
    return _SHOWN.get(key, key)


def of(where: Where) -> tuple[Action, ...]:
    """The actions that work somewhere in particular."""
    return tuple(action for action in ACTIONS if action.where is where)


FOOTER = {
    Where.TREE: ("open", "regroup", "filter", "faults", "mark", "trace", "help", "quit"),
    Where.DETAIL: ("follow", "leave", "next_tab", "what_if", "copy_name", "help", "quit"),
    Where.FINDINGS: ("open", "show_subject", "regroup", "sort", "filter", "suppress", "help"),
    Where.GRID: ("open", "sort", "regroup", "filter", "faults", "trace", "help", "quit"),
    Where.MAP: ("open", "turn_map", "unfold", "magnify", "faults", "help", "quit"),
    Where.TRIAGE: ("open", "pick_symptom", "probe", "copy_command", "save_report", "help", "quit"),
    Where.CHANGES: ("open", "show_subject", "regroup", "filter", "faults", "trace", "help", "quit"),
    Where.START: ("open", "help", "quit"),
    Where.LOADING: ("cancel", "quit"),
    Where.STOPPED: ("cancel", "help", "quit"),
    Where.FILTER: ("submit", "drop"),
    Where.ASKED: ("submit", "drop"),
}
"""The actions named in the last line, by what has focus."""

DialogKeys = tuple[tuple[str, str], ...]
"""Keys and words a dialog names in the last line."""

DIALOG: DialogKeys = (("enter", "take"), ("esc", "leave"))
"""Those of a dialog that does not name its own."""

_CANCEL_WORDS = {Where.LOADING: "cancel", Where.STOPPED: "start screen"}


def footer(where: Where) -> tuple[tuple[str, str, str], ...]:
    """Key, word and action name of the last line's entries."""
    here = {action.name: action for action in ACTIONS if action.where is Where.ANYWHERE}
    here |= {action.name: action for action in of(where)}
    names = FOOTER.get(where, ("help", "quit"))
    return tuple(
        (shown(here[name].keys[0]), here[name].word or _CANCEL_WORDS.get(where, ""), name)
        for name in names
    )
