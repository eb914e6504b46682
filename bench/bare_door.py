"""The ceiling for bench/ingest.py: a Django view that verifies a signature and inserts the body.

No sealing, no job, no duplicates told apart, no middleware; the same server, threads, database
settings and commit as the product. Run by bench/ingest.py: python bench/bare_door.py FOLDER PORT.
"""

import hashlib
import hmac
import os
import sys
from pathlib import Path


def main(folder: str, port: str, secret: str) -> None:
    place = Path(folder)
    for part in ("data", "keys"):
        (place / part).mkdir(mode=0o700, exist_ok=True)
        os.environ[f"NYUMBANI_{part.upper()}"] = str(place / part)
    import django
    from django.conf import settings

    from nyumbani.config.environment import Environment, database

    settings.configure(
        SECRET_KEY="bench",  # pragma: allowlist secret
        ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[],
        DATABASES={"default": database(Environment())}, DEBUG=False, USE_TZ=True,
    )  # fmt: skip
    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.db import connection, transaction
    from django.http import HttpResponse
    from django.urls import path

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare (id integer PRIMARY KEY, body BLOB)")

    def door(request):
        body = request.body
        mine = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(mine, request.headers.get("X-Hub-Signature-256", "")):
            return HttpResponse(status=403)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bare (body) VALUES (%s)", [body])
        return HttpResponse(status=200)

    sys.modules[__name__].urlpatterns = [path("hooks/whatsapp/", door)]
    bare = get_wsgi_application()
    connection.close()
    from gunicorn.app.base import BaseApplication

    class Bare(BaseApplication):
        """The product's server settings (config/server.py), and nothing else of it."""

        def load_config(self):
            wanted = {"bind": f"127.0.0.1:{port}", "workers": 2, "worker_class": "gthread"}
            wanted |= {"threads": 4, "keepalive": 15, "preload_app": True, "loglevel": "warning"}
            for name, value in wanted.items():
                self.cfg.set(name, value)

        def load(self):
            return bare

    Bare().run()


if __name__ == "__main__":
    main(*sys.argv[1:])
