"""Operations made up from the schema, asked by everybody: nothing fails, nothing leaks, nothing is late."""
