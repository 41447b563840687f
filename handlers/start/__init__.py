"""The first hello: language, where the person came from, and the menu that shows what matters now."""
