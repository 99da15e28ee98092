//! Everything built once, immutable: corpus, catalogs, links, findings, index; the server swaps it whole.
