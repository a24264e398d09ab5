"""GraphiQL at `/graphiql`: the npm project that builds the page, and the Python that serves it."""
