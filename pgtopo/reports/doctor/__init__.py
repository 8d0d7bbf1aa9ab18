"""What works on this machine: one module per thing that is looked at, one per format."""
