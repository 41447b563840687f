"""The office's side of the bot: each role's menu, the staff, invitations."""
