"""What does a page say? Print-form text and HTML: bytes in, `Page` out."""
