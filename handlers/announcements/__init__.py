"""Announcements: written, sent to many, watched."""
