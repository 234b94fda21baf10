"""A class over SSH: a session of its own for every learner, and a room to see how they think."""
