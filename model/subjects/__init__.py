"""Subjects that remember: enclave and quarters, corridors and roads, river. `State` opens them, laws change them."""
