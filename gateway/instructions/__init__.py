"""Instructions: written down once, then carried out until the legacy system has confirmed, once in effect."""

from gateway.instructions.accepting import accept, nobody_objects, note_and_tell
from gateway.instructions.recording import KeyUsedOtherwise, Recorded, answered_before, record
from gateway.instructions.telling import tell_received, tell_settled

__all__ = [
    "KeyUsedOtherwise",
    "Recorded",
    "accept",
    "answered_before",
    "nobody_objects",
    "note_and_tell",
    "record",
    "tell_received",
    "tell_settled",
]
