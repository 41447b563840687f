"""Measurements that anyone can repeat: `make bench`. Ratios within one run, medians of several rounds."""
