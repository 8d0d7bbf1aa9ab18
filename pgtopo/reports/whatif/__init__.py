"""What a change does to verdicts and findings."""
