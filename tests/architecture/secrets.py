"""No key, token or password lies in the tree: `python tests/architecture/secrets.py`.

Looks through everything git tracks but tests, docs, lock files and catalogues. A line that only
looks like a secret ends with the comment detect-secrets knows.
"""

import subprocess
import sys
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings

SKIPPED = ("tests/", "requirements/", "src/nyumbani/locale/", "docs/")  # docs hold examples
BINARY = {".png", ".mo", ".woff2", ".ico"}


def main() -> int:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True)
    files = [
        name
        for name in tracked.stdout.splitlines()
        if not name.startswith(SKIPPED) and Path(name).suffix not in BINARY and Path(name).exists()
    ]
    found = SecretsCollection()
    with default_settings():
        for name in files:
            found.scan_file(name)
    for name, secret in found:
        sys.stdout.write(f"{name}:{secret.line_number}: {secret.type}\n")
    return 1 if list(found) else 0


if __name__ == "__main__":
    sys.exit(main())
