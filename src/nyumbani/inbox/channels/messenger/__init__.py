"""Messenger: the organisation's Facebook page, messages in and out."""
