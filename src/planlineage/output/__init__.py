"""What results look like: tables for programs and for people, and pages for the terminal. Nothing here prints."""
