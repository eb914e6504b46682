"""Talking to people in distress."""
