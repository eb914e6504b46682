"""Who is on duty, and who has not been heard from."""
