"""What operations cost, by the directives of IBM's specification (`gateway.schema.cost`)."""
