"""From bytes to a plan: source text, cleaning, documents, outline, statements, commitments."""
