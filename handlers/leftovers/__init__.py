"""What no conversation expected: unknown commands, stray words, voices, stickers, groups. Included last."""
