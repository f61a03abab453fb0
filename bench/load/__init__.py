"""What the site holds: rates, overload, a rebuild beside, slow and idle connections; stock Whoosh behind the same server."""
