"""What changed: Azure's change history, and the differences between two snapshots."""
