//! Small documents for tests, written part by part.

use super::super::{Block, Document, FindingKind, Refusal};

/// Writes a ZIP archive whose entries are stored as they are.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, body) in parts {
        let mut crc = flate2::Crc::new();
        crc.update(body);
        let offset = u32::try_from(bytes.len()).unwrap();
        let size = u32::try_from(body.len()).unwrap().to_le_bytes();
        let shared = [
            &b"\x14\0\0\0\0\0\0\0\0\0"[..],
            &crc.sum().to_le_bytes(),
            &size,
            &size,
            &u16::try_from(name.len()).unwrap().to_le_bytes(),
            &[0, 0],
        ]
        .concat();
        bytes.extend([&b"PK\x03\x04"[..], &shared, name.as_bytes(), body].concat());
        directory.extend([&b"PK\x01\x02\x14\0"[..], &shared, &[0; 10], &offset.to_le_bytes()].concat());
        directory.extend(name.as_bytes());
    }
    let n_parts = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let place = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    bytes.extend(directory);
    bytes.extend([&b"PK\x05\x06\0\0\0\0"[..], &n_parts, &n_parts, &size, &place, &[0, 0]].concat());
    bytes
}

/// A document under construction.
#[derive(Default)]
pub(super) struct Word {
    body: String,
    parts: Vec<(String, Vec<u8>)>,
    relationships: String,
}

impl Word {
    /// Begins one with this body.
    pub(super) fn with(body: &str) -> Self {
        Self { body: body.to_owned(), ..Self::default() }
    }

    /// Adds a part that the text refers to by `id`.
    pub(super) fn part(mut self, id: &str, kind: &str, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let relationship =
            format!("<Relationship Id=\"{id}\" Type=\"http://x.example/{kind}\" Target=\"{name}\"/>");
        self.relationships.push_str(&relationship);
        self.parts.push((format!("word/{name}"), bytes.as_ref().to_vec()));
        self
    }

    /// Adds what the text refers to by `id` and that is outside of the file.
    pub(super) fn outside(mut self, id: &str, kind: &str, address: &str) -> Self {
        let relationship = format!(
            "<Relationship Id=\"{id}\" Type=\"x/{kind}\" TargetMode=\"External\" Target=\"{address}\"/>"
        );
        self.relationships.push_str(&relationship);
        self
    }

    /// Adds lists.
    pub(super) fn numbering(self, inside: &str) -> Self {
        self.part("rN", "numbering", "numbering.xml", format!("<w:numbering>{inside}</w:numbering>"))
    }

    /// Adds styles.
    pub(super) fn styles(self, inside: &str) -> Self {
        self.part("rS", "styles", "styles.xml", format!("<w:styles>{inside}</w:styles>"))
    }

    /// Returns its bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let main = format!("<w:document><w:body>{}</w:body></w:document>", self.body);
        let list = format!("<Relationships>{}</Relationships>", self.relationships);
        let types = "<Types><Default Extension=\"html\" ContentType=\"text/html\"/></Types>";
        let mut parts = vec![
            ("[Content_Types].xml", types.as_bytes()),
            ("word/document.xml", main.as_bytes()),
            ("word/_rels/document.xml.rels", list.as_bytes()),
        ];
        parts.extend(self.parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        archive(&parts)
    }

    /// Reads it.
    pub(super) fn read(&self) -> Result<Document, Refusal> {
        super::read(&self.bytes())
    }

    /// Reads it and compares what is seen, line by line.
    #[track_caller]
    pub(super) fn shows(&self, expected: &[&str]) -> Document {
        let document = self.read().unwrap();
        let text = document.plain_text();
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
        document
    }
}

/// Returns the kinds and words of what was found.
pub(super) fn found(document: &Document) -> Vec<(FindingKind, &str)> {
    document.findings.iter().map(|finding| (finding.kind, finding.words.as_str())).collect()
}

/// Returns the tables of a document: for each cell its text, its columns, and whether it goes on.
pub(super) fn cells(document: &Document) -> Vec<(&str, usize, bool)> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cells = tables.flat_map(|table| table.rows.iter().flat_map(|row| &row.cells));
    cells.map(|cell| (cell.text.as_str(), cell.columns, cell.goes_on)).collect()
}

/// A paragraph with one run.
pub(super) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A paragraph of a list.
pub(super) fn item(number: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

/// A level of a list.
pub(super) fn level(index: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}\
         <w:suff w:val=\"nothing\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// A list with these levels, of which `num` 1 is one.
pub(super) fn list(levels: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    )
}
