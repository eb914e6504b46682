"""The form on the public site: words from somebody who has nothing but a browser."""
