"""Pure rules of the field: no Django, no clock, no I/O. Every rule returns its reasons."""
