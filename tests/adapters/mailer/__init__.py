"""The contract of the port `Mailer`, and what is particular to each implementation."""
