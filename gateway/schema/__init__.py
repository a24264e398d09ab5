"""The public contract: Strawberry types, one module a topic, thin."""
