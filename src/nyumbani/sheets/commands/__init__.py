"""`nyumbani people …`: lists in and out on the command line."""
