"""Private zones, links, records and the DNS servers of networks."""
