"""One widget per file; a pane is given views and paints them, and tells the app what was asked."""
