"""The membership registry of docs/wire/registry.md: its tables, what fills them, the gate before it."""
