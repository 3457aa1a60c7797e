"""Pages for the terminal: text that is aligned, fits the width, and can do no harm. Only `cli` prints them."""
