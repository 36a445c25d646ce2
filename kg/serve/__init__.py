"""The built graph as a local web service: its page, a page for each thing in it, and a SPARQL 1.1 endpoint."""
