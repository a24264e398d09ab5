"""How much a viewer or an address may ask for in a while: what protects this process's time.

Guessing is held up elsewhere, exactly and for all processes together (`gateway.accounts.throttle`).
"""
