"""Conversations: an update comes in, a screen goes out. One conversation, one folder."""
