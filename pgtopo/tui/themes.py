"""The themes pgtopo brings beside Textual's own."""

from textual.theme import Theme

DEFAULT = "pgtopo"

PGTOPO = Theme(
    name=DEFAULT,
    primary="#2f6b92",
    secondary="#9d8ec7",
    accent="#c9a45c",
    warning="#e0a030",
    error="#e05555",
    success="#57b37c",
    foreground="#d6dbe0",
    background="#12161b",
    surface="#181d23",
    panel="#232b34",
    variables={
        "text-error": "#ff6b6b",
        "text-warning": "#f0b040",
        "text-success": "#6cc792",
        "text-secondary": "#b9a6ea",
        "text-primary": "#74b9e6",
        "text-accent": "#d9bd83",
    },
)

LIGHT = Theme(
    name="pgtopo-light",
    primary="#1f6690",
    secondary="#6b4fa8",
    accent="#8a5a00",
    warning="#a05a00",
    error="#b3202a",
    success="#1d7a45",
    foreground="#1d242b",
    background="#f7f8fa",
    surface="#eef1f4",
    panel="#dde3e9",
    dark=False,
    variables={
        "text-error": "#b3202a",
        "text-warning": "#8f5200",
        "text-success": "#1d7a45",
        "text-secondary": "#6b4fa8",
        "text-primary": "#1f5f8b",
        "text-accent": "#7a5000",
    },
)

COLOUR_BLIND = Theme(
    name="colour-blind-safe",
    primary="#0072b2",
    secondary="#cc79a7",
    accent="#f0e442",
    warning="#f0e442",
    error="#e66100",
    success="#56b4e9",
    foreground="#e6e6e6",
    background="#101216",
    surface="#171a20",
    panel="#242932",
    variables={
        "text-error": "#ff7f2a",
        "text-warning": "#f0e442",
        "text-success": "#56b4e9",
        "text-secondary": "#e0a2c4",
        "text-primary": "#a9d6f5",
        "text-accent": "#f0e442",
    },
)
"""Okabe and Ito's colours: told apart with every common colour vision."""

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#00a2ff",
    secondary="#ff9cf5",
    accent="#ffff00",
    warning="#ffd000",
    error="#ff5a5a",
    success="#4dff88",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    variables={
        "text-error": "#ff7b7b",
        "text-warning": "#ffd000",
        "text-success": "#4dff88",
        "text-secondary": "#ffb3f8",
        "text-primary": "#66c7ff",
        "text-accent": "#ffff00",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
    },
)

THEMES = (PGTOPO, LIGHT, COLOUR_BLIND, HIGH_CONTRAST)
