"""The policy of calling out, in virtual time: nothing here waits for a real clock."""
