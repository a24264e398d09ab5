"""What a member may take along as a file: CSV for spreadsheets, PDF for paper (E23, B24–B32, C1–C4)."""
