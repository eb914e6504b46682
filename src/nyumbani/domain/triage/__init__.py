"""What a message says about danger, in her own words: proposed levels, each with its reasons."""
