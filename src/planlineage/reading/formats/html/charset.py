def declared_charset(d): return ""
