"""What runs in a learner's own process: forked from a template, and let do nothing but the lesson."""
