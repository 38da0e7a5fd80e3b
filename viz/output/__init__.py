"""Output: films, pictures and pages that leave the view."""
