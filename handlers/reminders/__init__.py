"""Reminders: what is due to a person, said in one message, and once more tomorrow if they like."""
