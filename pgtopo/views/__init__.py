"""What each pane shows, as plain data: no terminal library here."""
