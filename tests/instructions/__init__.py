"""Instructions from the journal to the POS and back."""
