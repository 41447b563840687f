"""Staff groups: cards of requests in a Telegram group of the office, and binding one."""
