"""Who is in a group, how each of them is, and a head-count that reconciles at any past moment."""
