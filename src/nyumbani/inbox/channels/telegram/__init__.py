"""Telegram: the organisation's bot, messages in and out."""
