"""What is stored: tables, queries by subject, the session, migrations. No Telegram and no words."""
