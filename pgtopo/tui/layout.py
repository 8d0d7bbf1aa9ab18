"""Which panes are on the screen, by its size, what has focus, and zoom."""

ONE_PANE_WIDTH = 60
ONE_PANE_HEIGHT = 16
THREE_PANES_WIDTH = 160

LEFT, RIGHT, SIDE = "left", "right", "side"


def panes(
    width: int, height: int, front: str, *, is_zoomed: bool, is_map: bool = False
) -> tuple[str, ...]:
    """The panes to show, `front` being the one with focus; the map takes all it can get."""
    is_wide = width >= THREE_PANES_WIDTH
    every = (LEFT, RIGHT, SIDE) if is_wide and not is_map else (LEFT, RIGHT)
    is_zoomed = is_zoomed or (is_map and not is_wide)
    if front not in every:
        front = RIGHT
    if is_zoomed or width < ONE_PANE_WIDTH or height < ONE_PANE_HEIGHT:
        return (front,)
    return every
