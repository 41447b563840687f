"""Information coverage: figures, links with QR pictures, events and posts entered by hand."""
