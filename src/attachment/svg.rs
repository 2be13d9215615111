//! Tells an SVG that only draws from one that does something.
//!
//! Opened by its address an SVG is a page of the site: it runs scripts, leads elsewhere and fetches what it names. So this
//! is a list of what draws: elements, and the few attributes that name something else, each of which has to name a place
//! in the same file. What is not on it, or cannot be read for certain, is not published.

use std::fmt::Display;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use rawzip::ReaderAt;

use super::{Active, Contents, read};
use crate::diagnostic::Message;
use crate::text;

/// The most that an SVG may have, in bytes.
const LARGEST: u64 = 8 << 20;

/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 200;

const SVG: &str = "http://www.w3.org/2000/svg";

/// The elements that draw, or say how.
const DRAWING: &str = "\
    svg g defs symbol use switch title desc metadata path rect circle ellipse line polyline polygon \
    text tspan tref textPath image marker pattern clipPath mask linearGradient radialGradient \
    meshgradient meshrow meshpatch hatch hatchpath solidcolor stop style view filter feBlend \
    feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap \
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge \
    feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence \
    font font-face glyph missing-glyph hkern vkern altGlyph flowRoot flowRegion flowPara flowSpan \
    color-profile";

/// How the namespaces begin whose elements mean something to browsers; drawing programs have others of their own.
const BROWSERS_OWN: [&str; 2] = ["http://www.w3.org/", "http://www.mozilla.org/"];

/// The exception: descriptions, of which browsers show nothing.
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns";

/// How data inside the file begin that only draw.
const PICTURES: [&str; 5] =
    ["data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp"];

pub(super) fn look(reader: &impl ReaderAt, size: u64, found: &mut Contents) {
    let mut pixels = None;
    let looked = match read(reader, 0, size.min(LARGEST)) {
        Some(bytes) if size <= LARGEST => judge(&bytes, &mut pixels),
        _ => Err(Message::new(
            format!("it has more than {} MB", LARGEST >> 20),
            format!("超过 {} MB", LARGEST >> 20),
        )),
    };
    match looked {
        Ok(()) => (found.is_picture, found.pixels) = (true, pixels),
        Err(what) => found.active = Some(Active::Svg(what)),
    }
}

/// Fails with what keeps an SVG from being published.
fn judge(bytes: &[u8], pixels: &mut Option<(u32, u32)>) -> Result<(), Message> {
    let text = std::str::from_utf8(bytes).map_err(|_| no_utf8())?;
    let mut reader = NsReader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    reader.config_mut().check_comments = true;
    let mut open: Vec<bool> = Vec::new(); // For each open element, whether it is a style sheet.
    let mut has_root = false;
    loop {
        let event = reader.read_event().map_err(|_| no_xml())?;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let (namespace, _) = reader.resolver().resolve_element(start.name());
                let is_drawing = element(&namespace, start)?;
                if open.is_empty() {
                    if has_root || !is_drawing || start.local_name().as_ref() != "svg" {
                        return Err(Message::new("it holds no `<svg>`", "其中没有 `<svg>`"));
                    }
                    has_root = true;
                    *pixels = size_of(start);
                }
                if matches!(event, Event::Start(_)) {
                    open.push(is_drawing && start.local_name().as_ref() == "style");
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) if open.last() == Some(&true) => style(text)?,
            Event::CData(text) if open.last() == Some(&true) => style(text)?,
            // Without entities of its own a file has only the five of XML and numbers; in a style sheet they could hide a word.
            Event::GeneralRef(_) if open.last() == Some(&true) => return Err(styles("&")),
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose().map_err(|_| no_xml())?;
                let is_known =
                    |name: &str| name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("us-ascii");
                if !encoding.is_none_or(|name| is_known(&name)) {
                    return Err(no_utf8());
                }
            }
            Event::PI(instruction) if instruction.target() != "xpacket" => {
                return Err(holds(format!("<?{}", instruction.target())));
            }
            Event::DocType(text) => document_type(text)?,
            Event::Eof if !has_root || !open.is_empty() => return Err(no_xml()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Judges an element with its attributes; tells whether it is one of SVG.
fn element(namespace: &ResolveResult<'_>, start: &BytesStart<'_>) -> Result<bool, Message> {
    let name = start.local_name();
    let name = name.as_ref();
    let is_drawing = match namespace {
        ResolveResult::Bound(Namespace(namespace)) if *namespace == SVG => true,
        ResolveResult::Bound(Namespace(namespace))
            if namespace.starts_with(RDF) || !BROWSERS_OWN.iter().any(|own| namespace.starts_with(own)) =>
        {
            false
        }
        _ => return Err(holds(format!("<{name}>"))),
    };
    if is_drawing && !text::lists(DRAWING, name) {
        return Err(holds(format!("<{name}>")));
    }
    // Looking for doubles among many attributes would take long: all pairs are compared.
    if start.attributes().with_checks(false).count() > MOST_ATTRIBUTES {
        return Err(holds(format!("<{name}> with more than {MOST_ATTRIBUTES} attributes")));
    }
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| no_xml())?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| holds("&"))?;
        let key = attribute.key;
        let fails = || holds(format!("<{name} {}=", key.as_ref()));
        let local = key.local_name();
        let local = local.as_ref().to_ascii_lowercase();
        // Browsers leave out what stands between these letters.
        let folded: String = value.chars().filter(|c| *c > ' ').collect::<String>().to_ascii_lowercase();
        let is_passive = match local.as_str() {
            _ if key.as_namespace_binding().is_some() => true,
            "href" if matches!(name, "image" | "feImage") => {
                folded.starts_with('#') || PICTURES.iter().any(|picture| folded.starts_with(picture))
            }
            "href" => folded.is_empty() || folded.starts_with('#'),
            "src" | "base" | "ping" => !is_drawing,
            "style" => style(&value).is_ok(),
            _ => !local.starts_with("on") && (!folded.contains("url(") || style(&value).is_ok()),
        };
        if !is_passive || folded.contains("javascript:") {
            return Err(fails());
        }
    }
    Ok(is_drawing)
}

/// Judges a style sheet, or what an attribute says in its language.
fn style(text: &str) -> Result<(), Message> {
    const NEVER: [&str; 7] =
        ["@import", "expression(", "behavior", "-moz-binding", "image-set(", "src(", "javascript:"];
    let fails = |what: &str| Err(styles(what));
    let text = text.to_ascii_lowercase();
    if text.contains('\\') {
        return fails("\\"); // It could write any of the others.
    }
    if let Some(never) = NEVER.iter().find(|never| text.contains(**never)) {
        return fails(never);
    }
    for rest in text.split("url(").skip(1) {
        let target = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let is_font = ["data:font/", "data:application/font", "data:application/x-font"]
            .iter()
            .any(|font| target.starts_with(font));
        if !target.starts_with('#') && !is_font && !PICTURES.iter().any(|picture| target.starts_with(picture))
        {
            return fails("url(");
        }
    }
    Ok(())
}

/// Lets the names pass that drawing programs write, and nothing that defines something.
fn document_type(text: &str) -> Result<(), Message> {
    let text = text.trim();
    let names_own = text
        .split('"')
        .filter(|piece| piece.contains("://"))
        .all(|piece| piece.starts_with("http://www.w3.org/") || piece.starts_with("https://www.w3.org/"));
    let is_plain = text.starts_with("svg") && names_own && !text.contains(['[', '<', '>', '\'', '%']);
    if is_plain { Ok(()) } else { Err(holds("<!DOCTYPE")) }
}

fn holds(what: impl Display) -> Message {
    Message::new(format!("it holds `{what}`"), format!("其中有 `{what}`"))
}

fn styles(what: &str) -> Message {
    Message::new(format!("its style sheet holds `{what}`"), format!("样式中有 `{what}`"))
}

fn no_xml() -> Message {
    Message::new("it is no XML", "不是正确的 XML")
}

fn no_utf8() -> Message {
    Message::new("it is not in UTF-8", "不是 UTF-8 编码")
}

/// Returns the size that the root names in pixels.
fn size_of(root: &BytesStart<'_>) -> Option<(u32, u32)> {
    let number = |name: &str| {
        let value = root.try_get_attribute(name).ok().flatten()?.value.into_owned();
        let value = value.trim();
        let value = value.strip_suffix("px").unwrap_or(value);
        let whole = value.split_once('.').map_or(value, |(whole, rest)| {
            if rest.bytes().all(|byte| byte.is_ascii_digit()) { whole } else { "" }
        });
        whole.parse::<u32>().ok().filter(|number| *number > 0)
    };
    Some((number("width")?, number("height")?))
}

#[cfg(test)]
mod tests {
    use super::super::testing::look_at;
    use super::*;

    /// Looks at an SVG with this inside the root.
    fn svg(inside: &str) -> Contents {
        let root = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">";
        look_at("a.svg", format!("{root}{inside}</svg>").as_bytes())
    }

    #[track_caller]
    fn is_refused(found: &Contents, because: &str) {
        let Some(Active::Svg(reason)) = &found.active else { panic!("it is not refused: {because}") };
        assert_eq!(reason.to_string(), because);
        assert!(!found.is_picture);
    }

    #[test]
    fn drawings_pass() {
        for inside in [
            "",
            "<title>图</title><g fill=\"url(#a)\" style=\"stroke: #000; clip-path: url( '#b' )\"><path d=\"M0 0h1v1z\"/></g>",
            "<defs><linearGradient id=\"a\" xlink:href=\"#b\"><stop offset=\"0\"/></linearGradient></defs><use href=\"#a\"/>",
            "<style>.a { fill: red } @media print { .a { fill: #000 } }</style>",
            "<style><![CDATA[.a > b { fill: red }]]></style>",
            "<image xlink:href=\"data:image/png;base64,AAAA\"/>",
            "<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:li/></rdf:RDF></metadata>",
            "<sodipodi:namedview xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" id=\"x\"/>",
            "<text>javascript: is a word, &lt;script&gt; too</text><!-- <script> -->",
        ] {
            assert_eq!(svg(inside), Contents { is_picture: true, ..Contents::default() }, "{inside}");
        }
        let with_type = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE svg PUBLIC \
            \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n\
            <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40px\" height=\"30.5\"/>";
        assert_eq!(look_at("a.svg", with_type.as_bytes()).pixels, Some((40, 30)));
    }

    #[test]
    fn what_does_something_is_refused() {
        for (inside, because) in [
            ("<script>1</script>", "it holds `<script>`"),
            ("<g onload=\"1\"/>", "it holds `<g onload=`"),
            ("<g oNcLick=\"1\"/>", "it holds `<g oNcLick=`"),
            ("<foreignObject/>", "it holds `<foreignObject>`"),
            ("<a href=\"#x\"/>", "it holds `<a>`"),
            ("<set attributeName=\"href\" to=\"javascript:1\"/>", "it holds `<set>`"),
            ("<animate attributeName=\"href\"/>", "it holds `<animate>`"),
            ("<handler/>", "it holds `<handler>`"),
            ("<use href=\"data:image/svg+xml,x#a\"/>", "it holds `<use href=`"),
            ("<use xlink:href=\"other.svg#a\"/>", "it holds `<use xlink:href=`"),
            ("<image href=\"https://example.com/x.png\"/>", "it holds `<image href=`"),
            ("<image href=\"//example.com/x.png\"/>", "it holds `<image href=`"),
            ("<image href=\"data:image/svg+xml;base64,x\"/>", "it holds `<image href=`"),
            ("<use href=\"java&#x73;cript:1\"/>", "it holds `<use href=`"),
            ("<use href=\" jav&#9;ascript:1\"/>", "it holds `<use href=`"),
            ("<g fill=\"url(http://example.com/#a)\"/>", "it holds `<g fill=`"),
            ("<g style=\"background: URL( 'x.png' )\"/>", "it holds `<g style=`"),
            ("<g style=\"fill: u\\72l(x)\"/>", "it holds `<g style=`"),
            ("<style>@import 'x.css';</style>", "its style sheet holds `@import`"),
            ("<style>a { fill: &#117;rl(x) }</style>", "its style sheet holds `&`"),
            ("<style><![CDATA[a { fill: url(x) }]]></style>", "its style sheet holds `url(`"),
            ("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>", "it holds `<script>`"),
            ("<p xmlns=\"http://www.w3.org/1999/xhtml\"/>", "it holds `<p>`"),
            ("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"/>", "it holds `<math>`"),
            ("<x:script/>", "it holds `<script>`"),
            ("<?xml-stylesheet href=\"x.xsl\"?>", "it holds `<?xml-stylesheet`"),
            ("<g xml:base=\"https://example.com/\"/>", "it holds `<g xml:base=`"),
            ("<g>", "it is no XML"),
            ("<g a=\"&x;\"/>", "it holds `&`"),
        ] {
            is_refused(&svg(inside), because);
        }
    }

    #[test]
    fn what_cannot_be_read_for_certain_is_refused() {
        for (text, because) in [
            (
                "<?xml-stylesheet type=\"text/xsl\" href=\"#x\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "it holds `<?xml-stylesheet`",
            ),
            (
                "<!DOCTYPE svg [<!ENTITY x \"y\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "it holds `<!DOCTYPE`",
            ),
            (
                "<!DOCTYPE svg SYSTEM \"http://example.com/x.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "it holds `<!DOCTYPE`",
            ),
            ("<!DOCTYPE html><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "it holds `<!DOCTYPE`"),
            (
                "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "it is not in UTF-8",
            ),
            ("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "it holds `<html>`"),
            ("<svg/>", "it holds `<svg>`"),
            ("<g xmlns=\"http://www.w3.org/2000/svg\"/>", "it holds no `<svg>`"),
            ("", "it is no XML"),
            ("words", "it is no XML"),
        ] {
            is_refused(&look_at("a.svg", text.as_bytes()), because);
        }
        is_refused(&look_at("a.svg", b"<svg>\xFF</svg>"), "it is not in UTF-8");
    }
}
