"""Language models: one answer by a schema, inside one deadline, or a named error."""
