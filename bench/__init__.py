"""`make bench`: measures the speed of pages and downloads, as ratios to a constant response and to nginx."""
