"""The probe against real servers on this machine's loopback."""
