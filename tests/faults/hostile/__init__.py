"""Files made to hurt: PDFs, pages, and good files mutated by a seed."""
