"""Who is silent, who is on duty, and to whom it climbs when nobody does anything."""
