"""From PDF files to text, page by page: each file in a worker process that may die."""
