//! Footnotes of web pages and Markdown, which have them all at the end: each behind the text that refers to it.

use std::collections::BTreeMap;

use super::{Block, Document, Finding, FindingKind};

/// Puts each note, a paragraph that begins with `[1]` and those of the note behind it, behind the first block that says `[1]`.
/// One that nothing refers to stays where it is.
pub(super) fn put_in_place(document: &mut Document) {
    let mut rest = Vec::new();
    let mut notes: BTreeMap<String, Vec<(usize, Block)>> = BTreeMap::new();
    let mut label = None;
    for (index, block) in std::mem::take(&mut document.blocks).into_iter().enumerate() {
        let note = match &block {
            Block::Paragraph(paragraph) if paragraph.is_note => Some(labels(&paragraph.text).next()),
            _ => None,
        };
        if let (Some(own), Block::Paragraph(paragraph)) = (note, &block) {
            let own = own.filter(|own| paragraph.text.starts_with(own) && !notes.contains_key(*own));
            label = own.map(str::to_owned).or(label);
            if let Some(label) = &label {
                notes.entry(label.clone()).or_default().push((index, block));
                continue;
            }
        } else {
            label = None;
        }
        rest.push((index, block));
    }
    let mut placed = Vec::new();
    for (index, block) in rest {
        let referred: Vec<String> = match &block {
            Block::Paragraph(paragraph) => labels(&paragraph.text).map(str::to_owned).collect(),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.flat_map(|cell| labels(&cell.text)).map(str::to_owned).collect()
            }
            Block::Picture(_) => Vec::new(),
        };
        placed.push((index, block));
        placed.extend(referred.iter().filter_map(|label| notes.remove(label)).flatten());
    }
    let mut left: Vec<(usize, Block)> = notes.into_values().flatten().collect();
    left.sort_by_key(|(index, _)| *index);
    placed.extend(left);
    let mut places = vec![placed.len(); placed.len() + 1];
    for (place, (index, _)) in placed.iter().enumerate() {
        places[*index] = place;
    }
    for finding in &mut document.findings {
        finding.place = places.get(finding.place).copied().unwrap_or(finding.place);
    }
    for (place, (index, block)) in placed.iter().enumerate() {
        if let Block::Paragraph(paragraph) = block
            && paragraph.is_note
            && *index != place
        {
            let words = paragraph.text.clone();
            document.findings.push(Finding { kind: FindingKind::Note, words, place });
        }
    }
    document.findings.sort_by_key(|finding| finding.place);
    document.blocks = placed.into_iter().map(|(_, block)| block).collect();
}

/// More digits than the number of any note has.
const MOST_DIGITS: usize = 9;

/// Returns the numbers of notes that a text names: `[1]`.
fn labels(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('[').filter_map(|(at, _)| {
        let behind = text.get(at..)?;
        let digits = behind.bytes().skip(1).take_while(u8::is_ascii_digit).take(MOST_DIGITS).count();
        behind.get(..digits + 2).filter(|label| digits > 0 && label.ends_with(']'))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn notes_stand_behind_what_refers_to_them() {
        for (text, expected) in [
            (
                "<html><p>甲[1]。<p>乙[5]</p><div style='mso-element:footnote'><p>[1] 注<p>续</div>\
                 <div style='mso-element:endnote'><p>[2] 无</div>",
                "甲[1]。\n[1] 注\n续\n乙[5]\n[2] 无\n",
            ),
            ("# 题\n\n甲[^a]。[x]\n\n- 乙\n\n[^a]: 注文", "题\n甲[1]。[x]\n[1] 注文\n乙\n"),
        ] {
            assert_eq!(crate::document::read(text.as_bytes()).unwrap().plain_text(), expected);
        }
    }
}
