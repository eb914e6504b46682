"""The Human Trafficking Case Data Standard 2.0 as a vocabulary of exchange, defects and all."""
