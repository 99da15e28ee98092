//! Retrieval over provisions: analyzer, Tantivy schema, queries, suggestions.
