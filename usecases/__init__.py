"""One verb each, inside one transaction: load, decide by the domain's rules, save. No Telegram, no words."""
