"""The gate before a PostgreSQL registry: passes its protocol through, counts statements, plays faults."""
