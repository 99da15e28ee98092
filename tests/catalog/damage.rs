//! Dumps that lost what dumps lose, many times over: how many items and cells still find their place.

use super::make::Sheet;
use super::published::{IDS, published};
use yiju::catalog::{self, Catalog, Field};
use yiju::import;

/// A small generator of its own, so that the same damage is done every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % n
    }
}

/// The catalog as a dump with tabs: merged cells empty, and in some rows an empty cell lost or gained.
fn dump(catalog: &Catalog, chance: &mut Chance) -> String {
    let sheet = Sheet::from(catalog);
    let mut text = format!("{}\n\n", sheet.title);
    for (number, row) in sheet.rows.iter().enumerate() {
        let mut cells: Vec<String> =
            row.iter().map(|p| p.as_ref().map_or(String::new(), |p| p.text.replace('\n', "<br>"))).collect();
        if number >= 2 {
            let empty: Vec<usize> = (1..cells.len()).filter(|&n| cells[n].is_empty()).collect();
            match chance.below(10) {
                0 if !empty.is_empty() => {
                    cells.remove(empty[chance.below(empty.len() as u64) as usize]);
                }
                1 => cells.insert(1 + chance.below(cells.len() as u64) as usize, String::new()),
                _ => {}
            }
            if chance.below(12) == 0 {
                text.push('\n');
            }
        }
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// Cells that are where they belong, of all; the basis is left out where only a merged cell told it.
fn score(expected: &Catalog, read: &Catalog) -> (usize, usize) {
    let (mut right, mut all) = (0, 0);
    for item in &expected.items {
        let found = read.items.iter().find(|other| {
            other.path.last() == item.path.last() && other.text(Field::Content) == item.text(Field::Content)
        });
        all += 1 + item.fields.len();
        let Some(found) = found else { continue };
        right += usize::from(found.path == item.path);
        right += item.fields.iter().filter(|(field, cell)| found.text(**field) == cell.text).count();
    }
    (right, all)
}

#[test]
fn nearly_every_cell_of_a_damaged_dump_is_in_its_field() {
    let mut chance = Chance(7);
    let (mut right, mut all, mut items, mut wanted) = (0, 0, 0, 0);
    for id in IDS {
        let expected = published(id);
        for _ in 0..10 {
            let text = dump(&expected, &mut chance);
            let document = import::read("a.txt", text.as_bytes()).unwrap();
            let read = catalog::read(&document, None).unwrap().remove(0);
            let (cells, of) = score(&expected, &read);
            (right, all) = (right + cells, all + of);
            items += expected.items.len().min(read.items.len());
            wanted += expected.items.len();
            if std::env::var_os("SHOW_DAMAGE").is_some() {
                println!("{id}: {} of {} items, {cells} of {of} cells", read.items.len(), expected.items.len());
            }
        }
    }
    println!("{items} of {wanted} items, {right} of {all} cells");
    assert_eq!(items, wanted);
    assert!(right as f64 >= 0.98 * all as f64, "{right} of {all}");
}
