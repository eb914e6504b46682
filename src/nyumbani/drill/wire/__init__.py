"""What travels between platform, phones and our doors: shapes, samples, the post."""
