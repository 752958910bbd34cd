"""A PostgreSQL backend whose every transaction knows its district."""
