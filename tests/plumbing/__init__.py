"""What every test stands on: the database, the strictness, the query budgets. Loaded by the conftest at the root."""
