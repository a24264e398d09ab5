"""The part of the schema that the screens ask for, as a user of Strawberry writes it: types with attributes, resolvers
that return what a dataloader, or memory, gives them. Ariadne and graphql-core serve the same objects.
"""
