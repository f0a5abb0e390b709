"""One module per system or office: what its export looks like on disk."""
