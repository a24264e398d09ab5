"""The gateway: one GraphQL schema over the legacy systems of Japanese co-ops."""
