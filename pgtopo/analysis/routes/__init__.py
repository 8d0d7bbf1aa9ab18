"""Which way a subnet sends packets: routes in force, and what stands at their next hops."""
