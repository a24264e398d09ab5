"""What one co-op's TOML file may say, how it is read, and how its mistakes are told."""
