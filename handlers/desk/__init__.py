"""The operator's desk: the queue, one ticket at a time, answers. The author's side is `handlers/tickets`."""
