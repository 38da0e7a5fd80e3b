"""The game: state, laws and one turn. It knows no window, and no files but its configuration."""
