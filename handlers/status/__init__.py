"""My application: where it is, whose turn it is, the receipt, the answers on paper, and taking it back."""
