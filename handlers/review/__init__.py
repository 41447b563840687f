"""Everything written, looked through before it is sent; what is missing comes first."""
