"""The built-in way in: asyncssh, who may come, and how bytes are carried."""
