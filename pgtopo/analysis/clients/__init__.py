"""Who asks: client texts, and the subnets, interfaces and premises they stand for."""
