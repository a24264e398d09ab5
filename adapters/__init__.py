"""Adapters: the gateway's hands in the legacy systems. They never import the gateway."""
