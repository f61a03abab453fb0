"""When, where, about what, of what kind, called what? Facts read from the strings of a page; pure."""
