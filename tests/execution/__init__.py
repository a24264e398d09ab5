"""gateway/execution gives the same answers as graphql-core."""
