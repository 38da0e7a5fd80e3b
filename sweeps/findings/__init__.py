"""Findings: the answer to the article's question as tables, pictures and sentences, all read off the folder of a sweep."""
