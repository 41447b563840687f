"""The papers of an application: which are wanted, what is there, and sending them."""
