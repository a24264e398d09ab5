"""What an attacker sends: each attack is refused or answered within bounds, while others are served."""
