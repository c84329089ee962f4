"""The search over everything public, to the page and the second.

A page needs four things: `Query.from_parameters(request.GET)` (lernnetzwerk.search.query), `find(query)` and its
`Results` (lernnetzwerk.search.searching), and `suggestions(text, at)` (lernnetzwerk.search.naming). Apps register what
can be found in their module `search` (lernnetzwerk.search.sources); the index follows their rows by itself
(lernnetzwerk.search.following).
"""
