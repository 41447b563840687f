"""The running program: settings, assembly, update loop, sender, timers. It puts parts together and decides nothing."""
