"""Many plans at once: read, linked and compared into one dataset on disk, and asked as a whole.

`inputs` finds the files, `order` says which plan stands above which, `stages` is the work on one plan, `engines` who does it,
`store` keeps what is done, `dataset` writes the tables, `run` drives all of it, and `survey` answers questions.
"""
