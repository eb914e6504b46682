"""`nyumbani inbox …`: reading stored bodies, the journal, and our own numbers and pages."""
