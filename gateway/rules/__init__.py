"""What the portals promise, as pure facts: no I/O, no clock of their own, no co-op known by name."""
