"""Public pages are rendered once per change: a page is kept until public content changes or time changes it.

`views.cached_page` marks the views whose pages are kept, `middleware.PageCache` keeps them. `version` answers whether
anything has changed, because `triggers` count every committed change in the database, whatever has made it.
`moments` knows when a page changes by itself.
"""
