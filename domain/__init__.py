"""The programme's rules as plain data and functions: no Telegram, no SQL, no words, no clock, no files."""
