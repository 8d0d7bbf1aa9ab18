"""Address spaces and what joins them: peerings, gateways, connected groups, address ledgers."""
