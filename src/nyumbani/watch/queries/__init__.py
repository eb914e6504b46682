"""Reading the watch: every read begins with who looks."""
