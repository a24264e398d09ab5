"""The way in: the /graphql endpoint, sessions on the wire, what errors look like, GraphiQL."""
