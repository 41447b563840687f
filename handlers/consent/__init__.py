"""Consent, asked before the first personal datum; publication is asked apart from it."""
