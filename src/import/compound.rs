//! [`Compound`]: the streams of an older Office file (doc, xls), by their exact names.

use super::limits;

/// The first bytes of every such file.
pub(super) const MARK: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Sector numbers from here on are marks, no sectors.
const LAST: u32 = 0xFFFF_FFFA;
/// Bytes of one directory entry.
const ENTRY: usize = 128;
/// Streams smaller than this are kept in small sectors of their own.
const SMALL: u32 = 4096;

#[derive(Debug)]
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    /// Bytes of a sector.
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    small_next: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    start: u32,
    size: u32,
}

impl<'b> Compound<'b> {
    /// `None` where the bytes are no such file, or one that is damaged.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        bytes.starts_with(&MARK).then_some(())?;
        let shift = u16::from_le_bytes(bytes.get(30..32)?.try_into().ok()?);
        let sector = 1usize << Some(shift).filter(|shift| matches!(shift, 9 | 12))?;
        let mut file = Compound {
            bytes,
            sector,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        for number in file.table_sectors()? {
            file.next.extend(numbers(file.at(number)?));
        }
        let directory = file.chain(word(bytes, 48)?)?;
        file.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        file.small_next = numbers(&file.chain(word(bytes, 60)?)?).collect();
        // The root entry's stream holds the small sectors.
        file.small = file.entries.first().map_or(Some(Vec::new()), |root| file.chain(root.start))?;
        Some(file)
    }

    /// Which of these names the directory lists first.
    pub fn first_of<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        self.entries.iter().find_map(|entry| names.iter().find(|name| **name == entry.name)).copied()
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().skip(1).find(|entry| entry.name == name)?;
        let mut bytes = if entry.size >= SMALL {
            self.chain(entry.start)?
        } else {
            follow(&self.small_next, entry.start, |number| {
                let at = (number as usize).checked_mul(64)?;
                self.small.get(at..at + 64)
            })?
        };
        bytes.truncate(entry.size as usize);
        Some(bytes)
    }

    fn at(&self, number: u32) -> Option<&'b [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        follow(&self.next, start, |number| self.at(number))
    }

    /// The sectors that hold the table of sectors: 109 in the header, the rest in sectors of their own.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let mut found: Vec<u32> = numbers(self.bytes.get(76..512)?).filter(|number| *number < LAST).collect();
        let mut more = word(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector + 1;
        while more < LAST && found.len() <= most {
            let mut listed: Vec<u32> = numbers(self.at(more)?).collect();
            more = listed.pop()?;
            found.extend(listed.into_iter().filter(|number| *number < LAST));
        }
        Some(found)
    }
}

/// The sectors of a chain, one after the other; `None` for a chain that never ends.
fn follow<'s>(next: &[u32], start: u32, at: impl Fn(u32) -> Option<&'s [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut number = start;
    for _ in 0..=next.len() {
        if number >= LAST {
            return Some(bytes);
        }
        bytes.extend_from_slice(at(number)?);
        if bytes.len() as u64 > limits::FILE_BYTES {
            return None;
        }
        number = *next.get(number as usize)?;
    }
    None
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| four.try_into().ok().map(u32::from_le_bytes))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16::from_le_bytes(bytes.get(64..66)?.try_into().ok()?)).min(64);
    let units: Vec<u16> = bytes
        .get(..length.saturating_sub(2))?
        .chunks_exact(2)
        .filter_map(|two| two.try_into().ok().map(u16::from_le_bytes))
        .collect();
    Some(Entry { name: String::from_utf16_lossy(&units), start: word(bytes, 116)?, size: word(bytes, 120)? })
}
