"""The way in by an sshd that is there already."""
