"""Common questions, official rules, contacts, and whether the competition is open."""
