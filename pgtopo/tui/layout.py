"""Which panes are on the screen, by its size, what has focus, and zoom."""

ONE_PANE_WIDTH = 60
ONE_PANE_HEIGHT = 16
THREE_PANES_WIDTH = 160

LEFT, RIGHT, SIDE = "left", "right", "side"


def panes(width: int, height: int, front: str, *, is_zoomed: bool) -> tuple[str, ...]:
    """The panes to show, `front` being the one with focus."""
    every = (LEFT, RIGHT, SIDE) if width >= THREE_PANES_WIDTH else (LEFT, RIGHT)
    if front not in every:
        front = RIGHT
    if is_zoomed or width < ONE_PANE_WIDTH or height < ONE_PANE_HEIGHT:
        return (front,)
    return every
