"""The demo: every system a co-op has, simulated, and the gateway before them, started by one command."""
