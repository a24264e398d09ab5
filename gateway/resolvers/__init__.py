"""What the fields of the schema ask for: functions that take the context and give records."""
