"""The application form: one question at a time, everything saved at once, every answer can be changed."""
