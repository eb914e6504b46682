"""What the watch says on the machine itself."""
