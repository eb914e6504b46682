"""How a command enters the house: settings are read and Django set up only when it needs them."""

import os
import sys
from importlib import import_module
from typing import Any

# `config` lies above this floor and is named, not imported, as Django itself names its settings.
SETTINGS = "nyumbani.config.settings"
SERVER = "nyumbani.config.server"
LOGGING = "nyumbani.config.logging"


def enter() -> None:
    """Read the settings and set Django up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def server() -> Any:  # noqa: ANN401 - a module above this floor, named and not imported
    """The web server of `nyumbani serve` (config.server)."""
    return import_module(SERVER)


def quiet_threads() -> None:
    """Keep what a broken thread says out of the log, but for its class and place."""
    import_module(LOGGING).quiet_threads()


def say_nothing_personal() -> None:
    """Files we make are the owner's alone, whatever the shell says."""
    if sys.platform != "win32":
        os.umask(0o077)
