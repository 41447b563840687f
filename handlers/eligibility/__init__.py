"""May I apply? Seven questions, a verdict that names every rule, and a person who can be asked to look."""
