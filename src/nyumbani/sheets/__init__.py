"""Spreadsheets in and out: people of a case from a list, and a case in the exchange standard."""
