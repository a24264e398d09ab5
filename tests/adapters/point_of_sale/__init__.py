"""The contract of the port `PointOfSale`. Every implementation passes it against its simulated system."""
