"""A simulated mail provider on loopback: a box to look into, and a server that takes letters."""
