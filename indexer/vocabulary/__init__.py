"""What an index knows of its own words: corrections, words that PDFs damaged, suggestions. Pure, the same for every engine."""
