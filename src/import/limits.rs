//! How much of a stranger's file is read before it is refused.

use super::ImportError;

/// Bytes of the file as given.
pub const FILE_BYTES: u64 = 64 << 20;
/// Bytes of all parts of a packed file (xlsx, docx, ods) together, unpacked: what a zip bomb runs into.
pub const UNPACKED_BYTES: u64 = 256 << 20;
/// Rows of one file, all tables together.
pub const ROWS: u64 = 100_000;
/// Cells of one file, all tables together, those that a merged region covers included.
pub const CELLS: u64 = 2_000_000;
/// Columns of one row; what lies further to the right is no catalog.
pub const COLUMNS: u64 = 512;
/// Elements of one XML part.
pub const ELEMENTS: u64 = 6_000_000;
/// Elements inside elements.
pub const NESTING: u64 = 200;

/// `Err` when `size` is above `limit`.
pub(super) fn within(what: &'static str, size: u64, limit: u64) -> Result<(), ImportError> {
    if size > limit { Err(ImportError::TooLarge { what, size, limit }) } else { Ok(()) }
}
