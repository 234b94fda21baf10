"""What each command does, one module a group; imported by the branch that needs it."""
