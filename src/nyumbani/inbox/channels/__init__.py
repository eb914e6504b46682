"""One folder a channel: foreign data is typed here and never seen raw behind it."""
