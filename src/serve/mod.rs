//! The faces over HTTP: pages, API, MCP.
