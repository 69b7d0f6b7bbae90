"""Views: a scoped object, a selector or a command, a page."""
