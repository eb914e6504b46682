"""The Libya 2014 story as data: who does what, when, over which channel; one module an act."""
