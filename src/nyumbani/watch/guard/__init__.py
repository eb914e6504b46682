"""The watch's own look over the whole house. It shows nobody anything: that is for queries."""
