"""DNS private resolvers, their endpoints and forwarding rulesets."""
