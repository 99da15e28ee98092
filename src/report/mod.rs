//! What leaves the program: text, JSON, SARIF, HTML, XLSX and Akoma Ntoso, one file each.
