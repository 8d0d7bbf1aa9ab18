"""What Azure answered last, per scope: kept for its owner, never needed, never trusted."""
