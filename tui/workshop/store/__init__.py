"""Where a class is kept: files in a folder, or PostgreSQL."""
