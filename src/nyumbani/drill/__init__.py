"""The Libya 2014 story and simulated phones, played through the real doors."""
