"""Persons, their names and identifiers."""
