//! What people leave in office files: comments, tracked changes, what is hidden, their names; and macros, which run.
//!
//! An office file of today is a ZIP archive of XML. Only the parts that can tell are unpacked, up to a limit for each and for
//! all together, and none of them is ever whole in memory. The sizes that the archive names are not trusted.

use std::io::{BufReader, Read};

use flate2::read::DeflateDecoder;
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rawzip::{CompressionMethod, ReaderAt, ZipArchiveEntryWayfinder, ZipLocator};

use super::{Active, Contents, FileKind, Trace, Unknown, both_ends, picture};
use crate::text;

/// The most entries of an archive that are looked at by name.
const MOST_ENTRIES: usize = 50_000;

/// The most parts that are unpacked.
const MOST_PARTS: usize = 2000;

/// The most that is unpacked of one part and of all, in bytes.
const LARGEST_PART: u64 = 32 << 20;
const LARGEST_WHOLE: u64 = 64 << 20;

/// How much of a picture inside is unpacked, in bytes: cameras write at its beginning.
const BEGINNING_OF_PICTURE: u64 = 128 << 10;

/// The longest name of an author, in characters, and the most authors that are read.
const LONGEST_NAME: usize = 100;
const MOST_AUTHORS: usize = 20;

/// The elements with which Word keeps tracked changes.
const REVISIONS: &str = "\
    ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblGridChange \
    trPrChange tcPrChange numberingChange cellIns cellDel cellMerge";

/// What a part of an office file is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OfficePart {
    /// Says what the other parts are.
    Types,
    /// Names the authors.
    Properties,
    /// A text of Word.
    Text,
    /// Comments.
    Comments,
    /// Lists the sheets of Excel.
    Workbook,
    /// A slide.
    Slide,
    /// What the speaker wants to say to a slide.
    Notes,
    /// A text of ODF.
    OpenDocument,
    /// A picture, which may be a photo.
    Photo,
}

impl OfficePart {
    fn of(name: &str) -> Option<Self> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let (_, ending) = file.rsplit_once('.')?;
        let is_xml = ending == "xml";
        let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| file.starts_with(beginning));
        Some(match folder {
            // `word/media` and `xl/media`, `Pictures` of ODF, `Doc_0/Res` of OFD.
            _ if matches!(ending, "jpg" | "jpeg" | "png" | "webp" | "tif" | "tiff" | "heic") => Self::Photo,
            _ if !is_xml => return None,
            "" if file == "[content_types].xml" => Self::Types,
            "" if file == "content.xml" => Self::OpenDocument,
            "" if file == "meta.xml" || file == "ofd.xml" => Self::Properties,
            "docprops" if file == "core.xml" => Self::Properties,
            "word" if begins(&["comments"]) => Self::Comments,
            "word" if begins(&["document", "header", "footer", "footnotes", "endnotes"]) => Self::Text,
            "xl" if file == "workbook.xml" => Self::Workbook,
            "xl" | "ppt" if begins(&["comments"]) => Self::Comments,
            "xl/comments" | "xl/threadedcomments" | "ppt/comments" => Self::Comments,
            "ppt/slides" => Self::Slide,
            "ppt/notesslides" => Self::Notes,
            _ => return None,
        })
    }
}

/// Where the bytes of a part are.
struct PackedPart {
    part: OfficePart,
    wayfinder: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
}

pub(super) fn look(reader: &impl ReaderAt, size: u64, found: &mut Contents) {
    if let Err(unknown) = look_at_parts(reader, size, found) {
        found.unknown = Some(unknown);
    }
}

fn damaged<E>(_: E) -> Unknown {
    Unknown::Damaged
}

fn look_at_parts(reader: &impl ReaderAt, size: u64, found: &mut Contents) -> Result<(), Unknown> {
    let mut buffer = vec![0; 64 << 10];
    let archive = ZipLocator::new().locate_in_reader(reader, &mut buffer, size).map_err(damaged)?;
    let mut places = Vec::new();
    let mut entries = archive.entries(&mut buffer);
    let mut n_entries = 0;
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        n_entries += 1;
        if n_entries > MOST_ENTRIES {
            return Err(Unknown::TooLarge);
        }
        let name =
            String::from_utf8_lossy(entry.file_path().as_bytes()).to_ascii_lowercase().replace('\\', "/");
        let name = name.trim_start_matches('/');
        if name.ends_with("vbaproject.bin") || name.starts_with("xl/macrosheets/") {
            found.active = Some(Active::Macros);
        }
        if name.starts_with("xl/revisions/") {
            found.traces.insert(Trace::Revisions);
        }
        if let Some(part) = OfficePart::of(name) {
            if places.len() == MOST_PARTS {
                return Err(Unknown::TooLarge);
            }
            places.push(PackedPart {
                part,
                wayfinder: entry.wayfinder(),
                method: entry.compression_method(),
            });
        }
    }
    // Pictures come last, lest many of them keep the rest from being looked at.
    places.sort_by_key(|place| place.part == OfficePart::Photo);
    let mut left = LARGEST_WHOLE;
    for PackedPart { part, wayfinder, method } in places {
        let packed = archive.get_entry(wayfinder).map_err(damaged)?.reader();
        let most = left.min(if part == OfficePart::Photo { BEGINNING_OF_PICTURE } else { LARGEST_PART });
        let mut unpacked: Box<dyn Read + '_> = match method {
            CompressionMethod::STORE => Box::new(packed.take(most)),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(packed).take(most)),
            _ => return Err(Unknown::Damaged),
        };
        let mut counted = Counted { reader: &mut unpacked, n_bytes: 0 };
        let looked = match part {
            OfficePart::Photo => look_at_photo(&mut counted, found),
            OfficePart::Types => look_at_types(&mut counted, found),
            _ => look_at_xml(part, &mut counted, found),
        };
        left -= counted.n_bytes.min(left);
        if (part != OfficePart::Photo || most < BEGINNING_OF_PICTURE) && counted.n_bytes == most {
            return Err(Unknown::TooLarge);
        }
        looked?;
    }
    Ok(())
}

/// Counts what is read.
struct Counted<'a> {
    reader: &'a mut dyn Read,
    n_bytes: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n_bytes = self.reader.read(buffer)?;
        self.n_bytes += n_bytes as u64;
        Ok(n_bytes)
    }
}

/// A photo in a text tells as much as one beside it.
fn look_at_photo(reader: &mut dyn Read, found: &mut Contents) -> Result<(), Unknown> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(damaged)?;
    let mut of_photo = Contents::default();
    let kind = FileKind::of(&bytes, "");
    if kind.is_picture() {
        picture::look_at_bytes(kind, &bytes, &mut of_photo);
    }
    found.tells_place |= of_photo.tells_place;
    Ok(())
}

/// The part with the macros may have any name, but the list of types tells that there are some.
fn look_at_types(reader: &mut dyn Read, found: &mut Contents) -> Result<(), Unknown> {
    let mut bytes = Vec::new();
    reader.take(1 << 20).read_to_end(&mut bytes).map_err(damaged)?;
    bytes.make_ascii_lowercase();
    if ["vbaproject", "macroenabled"].iter().any(|name| memmem::find(&bytes, name.as_bytes()).is_some()) {
        found.active = Some(Active::Macros);
    }
    Ok(())
}

/// Where in a part the reader is.
#[derive(Default)]
struct Position {
    /// Inside an element that names an author.
    in_author: bool,
    /// Whether the run of text that it is inside of is hidden; `None` outside.
    run: Option<bool>,
    /// Inside the characters of a run.
    in_characters: bool,
    /// Inside a field, whose text is made by the program: the number of a slide.
    in_field: bool,
}

fn look_at_xml(part: OfficePart, reader: &mut dyn Read, found: &mut Contents) -> Result<(), Unknown> {
    let mut reader = Reader::from_reader(BufReader::new(reader));
    let mut buffer = Vec::new();
    let mut position = Position::default();
    let mut depth = 0_u64;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(start) => {
                depth += 1;
                position.enter(part, start.local_name().as_ref());
                element(part, &start, &mut position, found);
            }
            Event::Empty(start) => element(part, &start, &mut position, found),
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                position.leave(part, end.local_name().as_ref());
            }
            Event::Text(text) if !text.trim().is_empty() => position.text(part, &text, found),
            Event::GeneralRef(_) => position.text(part, "…", found),
            Event::Eof if depth > 0 => return Err(Unknown::Damaged), // It was cut off.
            Event::Eof => return Ok(()),
            _ => {}
        }
        if part == OfficePart::Slide && position.run.is_some() {
            return Ok(()); // All that is wanted stands at the first element.
        }
    }
}

impl Position {
    fn enter(&mut self, part: OfficePart, name: &str) {
        match (part, name) {
            (OfficePart::Properties, "creator" | "lastModifiedBy" | "initial-creator" | "Author") => {
                self.in_author = true;
            }
            (OfficePart::Text, "r") => self.run = Some(false),
            (OfficePart::Slide, _) => self.run = Some(false),
            (OfficePart::Text | OfficePart::Notes, "t") => self.in_characters = true,
            (OfficePart::Notes, "fld") => self.in_field = true,
            _ => {}
        }
    }

    fn leave(&mut self, part: OfficePart, name: &str) {
        match (part, name) {
            (OfficePart::Properties, _) => self.in_author = false,
            (OfficePart::Text, "r") => self.run = None,
            (OfficePart::Text | OfficePart::Notes, "t") => self.in_characters = false,
            (OfficePart::Notes, "fld") => self.in_field = false,
            _ => {}
        }
    }

    fn text(&self, part: OfficePart, text: &str, found: &mut Contents) {
        match part {
            OfficePart::Properties if self.in_author && found.authors.len() < MOST_AUTHORS => {
                found.authors.insert(text.trim().chars().take(LONGEST_NAME).collect());
            }
            OfficePart::Text if self.in_characters && self.run == Some(true) => {
                found.traces.insert(Trace::HiddenText);
            }
            OfficePart::Notes if self.in_characters && !self.in_field => {
                found.traces.insert(Trace::Notes);
            }
            _ => {}
        }
    }
}

fn element(part: OfficePart, start: &BytesStart<'_>, position: &mut Position, found: &mut Contents) {
    let name = start.local_name();
    let name = name.as_ref();
    let value = |wanted: &str| {
        let mut attributes = start.attributes();
        // Looking for doubles among many attributes would take long: all pairs are compared.
        let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
        attributes.find(|attribute| attribute.key.local_name().as_ref() == wanted).map(|found| found.value)
    };
    let is_on = || !matches!(value("val").as_deref(), Some("0" | "false" | "off"));
    let trace = match part {
        OfficePart::Comments if matches!(name, "comment" | "threadedComment" | "cm") => Trace::Comments,
        OfficePart::Text if text::lists(REVISIONS, name) => Trace::Revisions,
        OfficePart::Text if name == "vanish" => {
            position.run = position.run.map(|is_hidden| is_hidden || is_on());
            return;
        }
        OfficePart::Workbook
            if name == "sheet" && matches!(value("state").as_deref(), Some("hidden" | "veryHidden")) =>
        {
            Trace::HiddenSheets
        }
        OfficePart::Slide if name == "sld" && matches!(value("show").as_deref(), Some("0" | "false")) => {
            Trace::HiddenSlides
        }
        OfficePart::OpenDocument if name == "annotation" => Trace::Comments,
        OfficePart::OpenDocument if name == "changed-region" => Trace::Revisions,
        _ => return,
    };
    found.traces.insert(trace);
}

/// Looks for macros in an office file as up to 2003, whose directory names them in UTF-16.
pub(super) fn look_at_old(reader: &impl ReaderAt, size: u64, found: &mut Contents) {
    let Some(bytes) = both_ends(reader, size) else { return };
    let is_named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        memmem::find(&bytes, &wide).is_some()
    };
    if is_named("_VBA_PROJECT") || is_named("_VBA_PROJECT_CUR") {
        found.active = Some(Active::Macros);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{look_at, office};
    use super::*;

    #[track_caller]
    fn check(name: &str, parts: &[(&str, &str)], expected: &[Trace]) {
        let found = look_at(name, &office(parts));
        assert_eq!(found.traces.iter().copied().collect::<Vec<_>>(), expected, "{parts:?}");
        assert_eq!((found.unknown, found.instead, found.active), (None, None, None), "{parts:?}");
    }

    #[test]
    fn traces_in_texts() {
        let text = |inside: &str| format!("<w:document xmlns:w=\"w\"><w:p>{inside}</w:p></w:document>");
        for (inside, expected) in [
            ("<w:r><w:t>公开</w:t></w:r>", &[][..]),
            ("<w:ins w:author=\"x\"><w:r><w:t>a</w:t></w:r></w:ins>", &[Trace::Revisions]),
            ("<w:del><w:r><w:delText>a</w:delText></w:r></w:del>", &[Trace::Revisions]),
            ("<w:pPr><w:pPrChange/></w:pPr>", &[Trace::Revisions]),
            ("<w:moveFrom/>", &[Trace::Revisions]),
            ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>", &[Trace::HiddenText]),
            ("<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>a</w:t></w:r>", &[]),
            ("<w:r><w:rPr><w:vanish/></w:rPr><w:t> </w:t></w:r><w:r><w:t>a</w:t></w:r>", &[]),
            ("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r>", &[]),
            ("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>1</w:t></w:r>", &[]),
        ] {
            check("a.docx", &[("word/document.xml", &text(inside))], expected);
            check("a.docx", &[("word/footnotes.xml", &text(inside))], expected);
        }
        check("a.docx", &[("word/comments.xml", "<w:comments xmlns:w=\"w\"/>")], &[]);
        let comment = "<w:comments xmlns:w=\"w\"><w:comment w:id=\"0\"/></w:comments>";
        check("a.docx", &[("Word\\Comments.xml", comment)], &[Trace::Comments]);
        let odt = "<o:body xmlns:o=\"o\"><o:annotation/><o:changed-region/></o:body>";
        check("a.odt", &[("content.xml", odt)], &[Trace::Comments, Trace::Revisions]);
    }

    #[test]
    fn traces_in_sheets_and_slides() {
        let workbook = |state: &str| {
            format!("<workbook><sheets><sheet name=\"1\"/><sheet {state}/></sheets></workbook>")
        };
        check("a.xlsx", &[("xl/workbook.xml", &workbook(""))], &[]);
        check("a.xlsx", &[("xl/workbook.xml", &workbook("state=\"visible\""))], &[]);
        check("a.xlsx", &[("xl/workbook.xml", &workbook("state=\"hidden\""))], &[Trace::HiddenSheets]);
        check("a.xlsx", &[("xl/workbook.xml", &workbook("state=\"veryHidden\""))], &[Trace::HiddenSheets]);
        check("a.xlsx", &[("xl/comments1.xml", "<comments><comment/></comments>")], &[Trace::Comments]);
        let threaded = "<ThreadedComments><threadedComment/></ThreadedComments>";
        check("a.xlsx", &[("xl/threadedComments/threadedComment1.xml", threaded)], &[Trace::Comments]);
        check("a.xlsx", &[("xl/revisions/revisionLog1.xml", "<r/>")], &[Trace::Revisions]);
        check(
            "a.pptx",
            &[("ppt/comments/comment1.xml", "<p:cmLst xmlns:p=\"p\"><p:cm/></p:cmLst>")],
            &[Trace::Comments],
        );
        check(
            "a.pptx",
            &[("ppt/slides/slide1.xml", "<p:sld xmlns:p=\"p\" show=\"0\"><p:cSld/></p:sld>")],
            &[Trace::HiddenSlides],
        );
        check("a.pptx", &[("ppt/slides/slide1.xml", "<p:sld xmlns:p=\"p\"><p:cSld/></p:sld>")], &[]);
        let notes = |text: &str| {
            format!("<p:notes xmlns:p=\"p\" xmlns:a=\"a\"><a:fld><a:t>1</a:t></a:fld>{text}</p:notes>")
        };
        check("a.pptx", &[("ppt/notesSlides/notesSlide1.xml", &notes(""))], &[]);
        check("a.pptx", &[("ppt/notesSlides/notesSlide1.xml", &notes("<a:t>先讲</a:t>"))], &[Trace::Notes]);
    }

    #[test]
    fn authors_are_named() {
        let core = "<cp:coreProperties xmlns:cp=\"cp\" xmlns:dc=\"dc\"><dc:title>题</dc:title><dc:creator>张三</dc:creator>\
                    <cp:lastModifiedBy>李四</cp:lastModifiedBy></cp:coreProperties>";
        let ofd = "<ofd:OFD xmlns:ofd=\"ofd\"><ofd:Author>王五</ofd:Author><ofd:Creator>WPS</ofd:Creator></ofd:OFD>";
        let authors =
            |name: &str, parts: &[_]| look_at(name, &office(parts)).authors.into_iter().collect::<Vec<_>>();
        assert_eq!(authors("a.docx", &[("docProps/core.xml", core)]), ["张三", "李四"]);
        assert_eq!(authors("a.ofd", &[("OFD.xml", ofd)]), ["王五"]);
        assert!(
            authors("a.docx", &[("docProps/core.xml", "<a xmlns:dc=\"dc\"><dc:creator/></a>")]).is_empty()
        );
    }

    #[test]
    fn macros_are_found_under_any_name() {
        let types = "<Types><Override ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>";
        for part in [
            ("word/vbaProject.bin", ""),
            ("xl/VBAPROJECT.BIN", ""),
            ("xl/macrosheets/sheet1.xml", "<a/>"),
            ("[Content_Types].xml", types),
        ] {
            assert_eq!(look_at("a.docx", &office(&[part])).active, Some(Active::Macros), "{part:?}");
        }
        let old = |inside: &str| {
            let wide: Vec<u8> = inside.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
            look_at("a.doc", &[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &wide].concat())
        };
        assert_eq!(old("_VBA_PROJECT").active, Some(Active::Macros));
        assert_eq!(old("WordDocument"), Contents::default());
    }

    #[test]
    fn photos_inside_tell_as_much_as_beside() {
        use super::super::testing::{exif, gps, jpeg, png, tiff};
        let holding = |name: &str, picture: &[u8]| {
            let mut archive = Vec::new();
            let mut writer = rawzip::ZipArchiveWriter::new(&mut archive);
            let new = writer.new_file(name).compression_method(CompressionMethod::STORE);
            let (mut entry, config) = new.start().unwrap();
            let mut data = config.wrap(&mut entry);
            std::io::Write::write_all(&mut data, picture).unwrap();
            let (_, descriptor) = data.finish().unwrap();
            entry.finish(descriptor).unwrap();
            writer.finish().unwrap();
            archive
        };
        let photo = jpeg(1, 1, &exif(1, &gps(30)));
        assert!(look_at("a.docx", &holding("word/media/image1.jpeg", &photo)).tells_place);
        assert!(look_at("a.ofd", &holding("Doc_0/Res/image_1.jpg", &photo)).tells_place);
        let drawing = png(1, 1, &tiff(1, &gps(30)));
        assert!(look_at("a.docx", &holding("word/media/image1.png", &drawing)).tells_place);
        assert_eq!(look_at("a.docx", &holding("word/media/a.png", &png(1, 1, &[]))), Contents::default());
    }

    #[test]
    fn what_is_damaged_or_blown_up_is_said_to_be() {
        let whole = office(&[("word/document.xml", "<a/>"), ("docProps/core.xml", "<a/>")]);
        assert_eq!(look_at("a.docx", &whole[..whole.len() / 2]).unknown, Some(Unknown::Damaged));
        assert_eq!(look_at("a.docx", b"PK\x03\x04").unknown, Some(Unknown::Damaged));
        assert_eq!(
            look_at("a.docx", &office(&[("word/document.xml", "<a><b></a>")])).unknown,
            Some(Unknown::Damaged)
        );
        let cut = office(&[("word/document.xml", "<a><b>")]);
        assert_eq!(look_at("a.docx", &cut).unknown, Some(Unknown::Damaged));
        let bomb = " ".repeat(usize::try_from(LARGEST_PART).unwrap() + 1);
        assert_eq!(
            look_at("a.docx", &office(&[("word/document.xml", &bomb)])).unknown,
            Some(Unknown::TooLarge)
        );
        let many: Vec<String> = (0..=MOST_PARTS).map(|n| format!("ppt/slides/slide{n}.xml")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "<sld/>")).collect();
        assert_eq!(look_at("a.pptx", &office(&many)).unknown, Some(Unknown::TooLarge));
    }
}
