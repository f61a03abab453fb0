"""Results and dossiers as files: for a spreadsheet, a program, a bibliography, a calendar."""
