"""`make bench`: how fast pages and downloads are, as ratios to what the same server could do at best."""
