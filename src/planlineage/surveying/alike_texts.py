"""Texts that are nearly the same, among hundreds of thousands: every pair whose likeness reaches a mark, and no other.

Likeness is the share of triples of neighbouring characters that two texts have in common (Jaccard). Two texts this like share one
of the rarest triples of each: only texts that do are compared (prefix filtering; Xiao, Wang, Lin and Yu 2008), which misses none.
DuckDB does the work.
"""

from __future__ import annotations

from typing import Any

SHORTEST = 12
"""Characters, without marks, under which a text is too short to say whose words it has."""

_SHINGLES = """
CREATE OR REPLACE TEMP TABLE shingles AS
SELECT n, list_distinct([hash(bare[i:i + 2]) for i in range(1, length(bare) - 1)]) AS all_of
FROM (SELECT n, regexp_replace(text, '[^\\p{L}\\p{N}]', '', 'g') AS bare FROM texts)
WHERE length(bare) >= $shortest
"""
_PREFIXES = """
CREATE OR REPLACE TEMP TABLE prefixes AS
WITH every AS (SELECT n, unnest(all_of) AS shingle, len(all_of) AS size FROM shingles),
  seen AS (SELECT shingle, count(*) AS times FROM every GROUP BY 1 HAVING count(*) > 1),
  placed AS (
    SELECT n, shingle, size, times, row_number() OVER (PARTITION BY n ORDER BY coalesce(times, 1), shingle) AS place
    FROM every LEFT JOIN seen USING (shingle)
  )
SELECT n, shingle, size FROM placed WHERE place <= size - ceil($mark * size) + 1 AND times > 1
"""
_PAIRS = """
SELECT a.n AS one, b.n AS other, shared / (len(a.all_of) + len(b.all_of) - shared) AS likeness
FROM (
  SELECT one, other, len(list_intersect(a.all_of, b.all_of)) AS shared
  FROM (
    SELECT DISTINCT p.n AS one, q.n AS other FROM prefixes p JOIN prefixes q USING (shingle)
    WHERE p.n < q.n AND p.size >= $mark * q.size AND q.size >= $mark * p.size
  ) JOIN shingles a ON a.n = one JOIN shingles b ON b.n = other
) JOIN shingles a ON a.n = one JOIN shingles b ON b.n = other
WHERE likeness >= $mark
ORDER BY one, other
"""


def alike(connection: Any, mark: float) -> list[tuple[int, int, float]]:
    """The pairs of the table `texts` (n, text) of a DuckDB connection whose likeness is at least `mark`, each once.

    >>> import duckdb
    >>> db = duckdb.connect()
    >>> texts = ("全面推行行政执法公示制度。", "全面推行行政执法的公示制度。", "建立健全权责清单动态调整机制。")
    >>> _ = db.execute("CREATE TABLE texts (n INTEGER, text VARCHAR)")
    >>> _ = db.executemany("INSERT INTO texts VALUES (?, ?)", list(enumerate(texts)))
    >>> [(one, other, round(likeness, 2)) for one, other, likeness in alike(db, 0.6)]
    [(0, 1, 0.62)]
    """
    connection.execute(_SHINGLES, {"shortest": SHORTEST})
    connection.execute(_PREFIXES, {"mark": mark})
    return connection.execute(_PAIRS, {"mark": mark}).fetchall()  # type: ignore[no-any-return]
