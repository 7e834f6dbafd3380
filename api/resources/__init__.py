"""What the API offers, a module a resource."""
