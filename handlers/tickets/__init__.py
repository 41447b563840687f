"""Questions, complaints and appeals to the call centre: the author's side. The operator's is `handlers/desk`."""
