"""What is stored about the person: seen, taken along, corrected, withdrawn, erased; and what is sent to them."""
