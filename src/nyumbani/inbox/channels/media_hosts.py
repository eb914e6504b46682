"""Where a platform keeps the files of its messages; `kit.http` speaks to no host but these.

An entry is a host's exact name, or "*.fbcdn.net" for any host below it.
"""

META_HOSTS = ("lookaside.fbsbx.com", "*.fbcdn.net", "graph.facebook.com")
MESSENGER_HOSTS = (*META_HOSTS, "cdn.fbsbx.com")  # voice notes and documents lie there
