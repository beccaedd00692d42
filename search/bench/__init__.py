"""Measures an engine on a library from outside, never on the portal's own."""
