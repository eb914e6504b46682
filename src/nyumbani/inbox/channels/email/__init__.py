"""E-mail: letters out of a box of ours, and answers by way of its server."""
