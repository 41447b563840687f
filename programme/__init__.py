"""The programme's own data: the order's table, names of months, numbers and regions, samples. Data only."""
