//! What is drawn: pictures, text boxes, charts and embedded files.

use super::super::{FindingKind, Picture, Refusal};
use super::body::{Walker, words_of};
use super::story::Story;
use super::xml::Element;

/// The longest words for a picture, in characters: they may be those of many.
const LONGEST_WORDS: usize = 2000;

/// The longest name of a picture, without its ending.
const LONGEST_NAME: usize = 60;

impl<'a> Walker<'a, '_> {
    /// Reads a drawing that is anchored in a paragraph.
    pub(super) fn drawing(
        &mut self,
        element: &'a Element,
        is_hidden: bool,
        story: &mut Story<'a>,
    ) -> Result<(), Refusal> {
        if self.fields.iter().any(|field| !field.is_in_result) {
            return Ok(());
        }
        let properties = element.find("docPr");
        let is_on = |name: &str| {
            let value = properties.and_then(|all| all.attribute(name));
            matches!(value, Some("1" | "true"))
        };
        if is_hidden || is_on("hidden") {
            let words = words_of(element);
            if !words.trim().is_empty() {
                self.find(FindingKind::Hidden, &words);
            }
            return Ok(());
        }
        for field in &mut self.fields {
            field.has_result = true;
        }
        let words = ["descr", "title"].iter().find_map(|name| {
            properties.and_then(|all| all.attribute(name)).filter(|words| !words.trim().is_empty())
        });
        let is_embedded = element.is("object");
        let mut pieces = Vec::new();
        collect(element, words, &mut pieces);
        for piece in pieces {
            match piece {
                Piece::Box(inside) => story.open().boxes.push(inside),
                Piece::Drawn(words) => story.open().drawn.push(words.to_owned()),
                Piece::Picture(id, words) => {
                    self.picture(id, words.unwrap_or_default(), is_embedded, story)?;
                }
                Piece::Linked(_) if is_embedded => {}
                Piece::Linked(address) => self.find(FindingKind::PictureMissing, address),
                Piece::Part(id) => self.object(id)?,
                Piece::Embedded(program) => self.find(FindingKind::Object, program),
            }
        }
        Ok(())
    }

    /// Tells the words of a chart or diagram.
    fn object(&mut self, id: &str) -> Result<(), Refusal> {
        let target = self.targets.get(id).filter(|target| !target.is_external).cloned();
        let tree = match &target {
            Some(target) => self.package.tree(&target.name)?,
            None => None,
        };
        let mut words: Vec<String> = Vec::new();
        if let Some(tree) = &tree {
            tree.visit(&mut |element| {
                if matches!(element.name(), "t" | "v") {
                    words.push(element.text());
                }
                true
            });
        }
        words.retain(|word| !word.trim().is_empty());
        self.find(FindingKind::Object, &words.join(" "));
        Ok(())
    }

    fn picture(
        &mut self,
        id: &str,
        words: &str,
        is_embedded: bool,
        story: &mut Story<'a>,
    ) -> Result<(), Refusal> {
        let words: String = words.trim().chars().take(LONGEST_WORDS).collect();
        let words = words.as_str();
        let Some(target) = self.targets.get(id).cloned() else {
            if !is_embedded {
                self.find(FindingKind::PictureMissing, words);
            }
            return Ok(());
        };
        let key = (target.name.clone(), words.to_owned());
        if let Some(index) = self.known_pictures.get(&key) {
            story.open().pictures.push(*index);
            return Ok(());
        }
        let bytes = if target.is_external { None } else { self.package.part(&target.name)? };
        let ending = bytes.as_deref().and_then(ending);
        if ending.is_none() && is_embedded {
            return Ok(()); // The face of an embedded file, which is told as such.
        }
        let file = target.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let (stem, own_ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let name = format!("{}.{}", ascii(stem, "image"), ending.unwrap_or(&ascii(own_ending, "png")));
        if ending.is_none() {
            let told = if words.is_empty() { target.name.as_str() } else { words };
            self.find(FindingKind::PictureMissing, told);
        }
        let picture = Picture {
            name: self.free_name(&name),
            bytes: bytes.filter(|_| ending.is_some()).unwrap_or_default(),
            alternative: words.to_owned(),
        };
        if words.is_empty() {
            self.find(FindingKind::PictureWithoutWords, &picture.name);
        }
        self.pictures.push(picture);
        let index = self.pictures.len() - 1;
        self.known_pictures.insert(key, index);
        story.open().pictures.push(index);
        Ok(())
    }

    /// Returns a name that no picture has yet.
    pub(super) fn free_name(&mut self, name: &str) -> String {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "png"));
        let mut free = name.to_ascii_lowercase();
        while self.names.contains_key(&free) {
            let count = self.names.entry(name.to_ascii_lowercase()).or_insert(1);
            *count += 1;
            free = format!("{stem}-{count}.{ending}").to_ascii_lowercase();
        }
        self.names.insert(free.clone(), 1);
        free
    }
}

/// A piece of a drawing.
enum Piece<'a> {
    Box(&'a Element),
    Drawn(&'a str),
    Picture(&'a str, Option<&'a str>),
    Linked(&'a str),
    Part(&'a str),
    Embedded(&'a str),
}

/// Collects the pieces of a drawing; `words` describe the pictures around them.
fn collect<'a>(element: &'a Element, words: Option<&'a str>, pieces: &mut Vec<Piece<'a>>) {
    for inside in element.elements() {
        let own = match inside.name() {
            "pic" => inside.find("cNvPr").and_then(|all| all.attribute("descr")),
            "shape" | "rect" => inside.attribute("alt"),
            _ => None,
        };
        // Of a group, each picture may have words of its own.
        let words = own.filter(|own| !own.trim().is_empty()).or(words);
        let piece = match inside.name() {
            "txbxContent" => {
                pieces.push(Piece::Box(inside));
                continue;
            }
            "textpath" => {
                inside.attribute("string").filter(|words| !words.trim().is_empty()).map(Piece::Drawn)
            }
            "blip" => {
                let id = inside.attribute("embed").or_else(|| inside.attribute("link"));
                Some(Piece::Picture(id.unwrap_or_default(), words))
            }
            "imagedata" => {
                let id = inside.attribute("id").or_else(|| inside.attribute("pict"));
                let address = || inside.attribute("href").or_else(|| inside.attribute("src"));
                let linked = || Piece::Linked(address().or(words).unwrap_or_default());
                Some(id.map_or_else(linked, |id| Piece::Picture(id, words)))
            }
            "chart" => inside.attribute("id").map(Piece::Part),
            "relIds" => inside.attribute("dm").map(Piece::Part),
            "OLEObject" => Some(Piece::Embedded(inside.attribute("ProgID").unwrap_or("OLE"))),
            "control" => Some(Piece::Embedded(inside.attribute("name").unwrap_or("ActiveX"))),
            _ => None,
        };
        pieces.extend(piece);
        collect(inside, words, pieces);
    }
}

/// Returns the ending of pictures that browsers show, by their bytes.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("jpg"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

fn ascii(name: &str, instead: &str) -> String {
    let is_kept = |character: &char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    let name: String = name.chars().filter(is_kept).take(LONGEST_NAME).collect();
    if name.is_empty() { instead.to_owned() } else { name.to_ascii_lowercase() }
}
