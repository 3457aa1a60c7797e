"""Which commitment below answers to which commitment above, how it changed, and whether the two can be compared.

One answer for every report: slippage, deadlines, traces, hops, the page for browsers and the task table all read it.
"""
