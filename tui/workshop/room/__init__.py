"""The instructor's room: who is where, who is stuck, votes."""
