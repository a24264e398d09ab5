"""How PostgreSQL carries statements out, by its own word."""
