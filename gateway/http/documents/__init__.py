"""Trusted documents: the operations of our own clients, from manifests that were made when a client was built."""
