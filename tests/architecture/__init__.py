"""Tests of the structure: the database catalogue, vendored files, the ladder."""
