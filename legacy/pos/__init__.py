"""The POS back office (docs/wire/pos.md)."""
