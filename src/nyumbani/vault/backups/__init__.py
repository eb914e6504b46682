"""Backups: sealed to a recovery key whose private half is never kept here, so a running server
can write them and cannot read them.
"""
