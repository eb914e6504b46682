"""`python -m nyumbani` is the `nyumbani` command."""

from nyumbani.cli import main

main()
