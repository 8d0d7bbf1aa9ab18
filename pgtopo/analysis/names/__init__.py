"""What a server's name resolves to for whom: resolvers, zones, records, forwarding, policies."""
