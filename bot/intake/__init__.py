"""How updates come in: by polling or by webhook, each acknowledged only after its transaction has committed."""
