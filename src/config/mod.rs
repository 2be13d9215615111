//! `site.yaml` → [`Config`]: the settings of a site, checked once.
//!
//! Nothing here has a made-up default: what an office did not set (site code, record numbers, an address to post
//! feedback to) stays unset, and the pages then leave it out.

use std::collections::{BTreeMap, BTreeSet};

use crate::attachment::Endings;
use crate::diagnostic::{
    Certainty, Diagnostic, Diagnostics, Language, Located, Location, Message, SourcePath,
};
use crate::disk::{self, Readers};
use crate::keys::site as keys;
use crate::markdown;
use crate::notice::Contact;
use crate::text::{self, AddressFault, Glossary, address, characters};
use crate::yaml::{self, Entry, Fields, Node, Value};

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Config {
    /// The name of the site (`SiteName`).
    pub title: String,
    /// One sentence about the site.
    pub description: Option<String>,
    /// The unit that runs it.
    pub unit: Option<String>,
    /// The language of the interface, a file in the theme's `strings/`: `zh-CN` or `en`.
    pub language: Located<String>,
    /// The folder in `themes/`.
    pub theme: Located<String>,
    /// The folder where the site will be found, ending in `/`, in ASCII; `None` if not known.
    pub base_url: Option<String>,
    /// 网站标识码.
    pub site_code: Option<String>,
    /// ICP 备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police_record: Option<String>,
    /// The number under which 党政机关网站标识 can be looked up: 32 hexadecimal digits.
    pub conac: Option<String>,
    /// Where the feedback form posts to.
    pub feedback_action: Option<String>,
    /// How soon messages are answered, in words for readers: `收到后15个工作日内`.
    pub feedback_answer_within: Option<String>,
    /// Contacts for every notice that names none.
    pub contacts: Vec<Contact>,
    /// Where each of these contacts is written.
    pub contact_places: Vec<Location>,
    /// Values that may have stayed from the example of `gongkai init`.
    pub examples: Vec<Located<String>>,
    /// Words of the notices with what they mean, for readers who do not know them.
    pub glossary: Glossary,
    /// Where these words are written.
    pub glossary_places: BTreeMap<String, Location>,
    /// Units with the last part of the address of their page.
    pub units: BTreeMap<String, Located<String>>,
    /// Hosts to which links lead at once, besides those of the government: `example.com` stands for `www.example.com`, too.
    pub trusted_sites: Vec<String>,
    /// HTML tags that may stand in the texts.
    pub allowed_tags: BTreeSet<String>,
    /// Who may read the published files on the machine where they lie.
    pub readers: Readers,
    /// Which files may be published beside the pages.
    pub attachments: Endings,
    /// Characters that stand for themselves although readers may take them for others; the reason stands beside them.
    pub rare_characters: BTreeSet<char>,
}

/// The words for those who may read the published files.
const READERS: [(&str, Readers); 3] =
    [("all", Readers::All), ("group", Readers::Group), ("owner", Readers::Owner)];

/// The name of the settings file.
pub const FILE: &str = "site.yaml";

impl Config {
    /// The language of what gongkai itself puts into words, where no string of the theme does.
    pub fn own_language(&self) -> Language {
        if self.language.value.starts_with("zh") { Language::Chinese } else { Language::English }
    }

    /// What the settings say about Markdown.
    pub fn markdown_options(&self) -> markdown::Options {
        markdown::Options {
            allowed_tags: self.allowed_tags.clone(),
            rare_characters: self.rare_characters.clone(),
        }
    }

    /// What is used while the settings cannot be read, so that the rest of the site is still checked.
    pub fn placeholder() -> Self {
        let path = SourcePath::new(FILE);
        let located = |value: &str| Located { value: value.to_owned(), location: Location::file(&path) };
        Self {
            title: String::new(),
            description: None,
            unit: None,
            language: located("zh-CN"),
            theme: located("default"),
            base_url: None,
            site_code: None,
            icp: None,
            police_record: None,
            conac: None,
            feedback_action: None,
            feedback_answer_within: None,
            contacts: Vec::new(),
            contact_places: Vec::new(),
            examples: Vec::new(),
            glossary: Glossary::default(),
            glossary_places: BTreeMap::new(),
            units: BTreeMap::new(),
            trusted_sites: Vec::new(),
            allowed_tags: BTreeSet::new(),
            readers: Readers::All,
            attachments: Endings::default(),
            rare_characters: BTreeSet::new(),
        }
    }

    /// Reads the text of `site.yaml`.
    ///
    /// Pushes `missing-key` and `unknown-key`, `wrong-type`, `not-a-web-address`, `base-url-of-a-file`, `not-a-site-code`,
    /// `not-a-conac-id`, `not-a-unit-address`, `empty-value`, `unknown-value` and what [`yaml::parse`] finds; the result is usable whatever was wrong.
    pub fn parse(path: &SourcePath, text: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut config = Self::placeholder();
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let Some(node) = yaml::parse(path, text, start..text.len(), diagnostics) else { return config };
        let kept = rare_characters_in(&node);
        let node = node.as_read(text, &kept, diagnostics);
        disk::warn_of_characters(path, text, &kept, diagnostics);
        let Some(mut fields) = Fields::open(node, diagnostics) else { return config };

        config.examples = crate::fields::examples(&fields);
        if let Some(title) = fields.required_text(&keys::TITLE, diagnostics) {
            config.title = title.value;
        }
        let plain = |found: Option<Located<String>>| found.map(|text| text.value);
        config.description = plain(fields.text(&keys::DESCRIPTION, diagnostics));
        config.unit = plain(fields.text(&keys::UNIT, diagnostics));
        if let Some(language) = fields.text(&keys::LANGUAGE, diagnostics) {
            config.language = language;
        }
        if let Some(theme) = fields.text(&keys::THEME, diagnostics) {
            config.theme = theme;
        }
        config.base_url =
            fields.text(&keys::BASE_URL, diagnostics).and_then(|url| checked_base_url(&url, diagnostics));
        config.site_code =
            fields.text(&keys::SITE_CODE, diagnostics).and_then(|code| checked_site_code(code, diagnostics));
        config.icp = plain(fields.text(&keys::ICP, diagnostics));
        config.police_record = plain(fields.text(&keys::POLICE_RECORD, diagnostics));
        config.conac = fields.text(&keys::CONAC, diagnostics).and_then(|id| checked_conac(&id, diagnostics));
        if let Some(node) = fields.node(&keys::FEEDBACK).and_then(|node| no_action_alone(node, diagnostics))
            && let Some(mut feedback) = Fields::open(node, diagnostics)
        {
            config.feedback_action = feedback
                .text(&keys::FEEDBACK_ACTION, diagnostics)
                .and_then(|url| checked_action(url, diagnostics));
            config.feedback_answer_within = plain(feedback.text(&keys::FEEDBACK_ANSWER_WITHIN, diagnostics));
            feedback.finish(diagnostics);
        }
        (config.contacts, config.contact_places) = fields
            .node(&keys::CONTACTS)
            .map(|node| crate::fields::contacts(node, diagnostics))
            .unwrap_or_default();
        let terms = fields.node(&keys::GLOSSARY).and_then(|node| node.into_entries(diagnostics));
        let mut meanings = BTreeMap::new();
        for Entry { key, node } in terms.unwrap_or_default() {
            let Some(meaning) = node.into_text(&key.value, diagnostics) else { continue };
            if key.value.trim().is_empty() {
                diagnostics.push(no_term(key.location, &meaning.value));
            } else {
                config.glossary_places.insert(key.value.clone(), key.location);
                meanings.insert(key.value, meaning.value);
            }
        }
        config.glossary = Glossary::new(meanings);
        let units = fields.node(&keys::UNITS).and_then(|node| node.into_entries(diagnostics));
        config.units = addresses_of_units(units.unwrap_or_default(), diagnostics);
        let sites = fields.node(&keys::TRUSTED_SITES).and_then(|node| no_site_alone(node, diagnostics));
        let sites =
            sites.and_then(|node| node.into_texts(keys::TRUSTED_SITES.name, diagnostics)).unwrap_or_default();
        config.trusted_sites =
            sites.into_iter().filter_map(|site| trusted_site(&site, diagnostics)).collect();
        if let Some(node) = fields.node(&keys::HTML)
            && let Some(mut html) = Fields::open(node, diagnostics)
        {
            let tags = html.texts(&keys::HTML_ALLOW, diagnostics).unwrap_or_default();
            config.allowed_tags = tags.into_iter().filter_map(|tag| allowed_tag(&tag, diagnostics)).collect();
            html.finish(diagnostics);
        }
        let readers = fields.one_of(&keys::READABLE_BY, &READERS, diagnostics);
        config.readers = readers.map_or(Readers::All, |readers| readers.value);
        for ending in fields.texts(&keys::ATTACHMENTS, diagnostics).unwrap_or_default() {
            if !config.attachments.allow(&ending.value) {
                diagnostics.push(ending_is_not_allowed(&ending));
            }
        }
        let entries = fields.node(&keys::RARE_CHARACTERS).and_then(|node| node.into_entries(diagnostics));
        for Entry { key, node } in entries.unwrap_or_default() {
            let reason = node.into_text(&key.value, diagnostics);
            match rare_character(&key.value) {
                None => diagnostics.push(no_rare_character(&key)),
                character if reason.is_some() => config.rare_characters.extend(character),
                Some(_) => {}
            }
        }
        fields.finish(diagnostics);
        config
    }

    /// Returns the settings of a site whose `site.yaml` is not there, and says so.
    pub fn missing(diagnostics: &mut Diagnostics) -> Self {
        diagnostics.push(
            Diagnostic::error(
                "missing-site-settings",
                Location::file(&SourcePath::new(FILE)),
                "there is no `site.yaml` here",
                "这里没有 `site.yaml`",
            )
            .help(
                "run the command in the folder of a site, name it with `--root DIR`, or start one with `gongkai init DIR`",
                "请在网站文件夹中运行，或用 `--root DIR` 指定，或用 `gongkai init DIR` 新建一个",
            ),
        );
        Self::placeholder()
    }

    /// Takes over an address given on the command line; it wins over `site.yaml`. Returns what is wrong with it.
    pub fn set_base_url(&mut self, url: &str) -> Result<(), Message> {
        let folder = text::folder_of_site(url).map_err(|fault| match fault {
            AddressFault::NotOnTheWeb => Message::new(
                format!(
                    "`--base-url {url}` is not a web address; write it in full, `https://www.example.gov.cn/`"
                ),
                format!("`--base-url {url}` 不是网址；请写完整，例如 `https://www.example.gov.cn/`"),
            ),
            AddressFault::NotAFolder(folder) => Message::new(
                format!("`--base-url {url}` is the address of a page or file; write the folder, `{folder}`"),
                format!("`--base-url {url}` 是网页或文件的网址；请写文件夹的网址，即 `{folder}`"),
            ),
        })?;
        self.base_url = Some(folder);
        Ok(())
    }
}

/// Returns the characters that a tree of settings names as rare, before anything else in it is read.
fn rare_characters_in(node: &Node) -> BTreeSet<char> {
    let Value::Mapping(entries) = &node.value else { return BTreeSet::new() };
    let Some(entry) = entries.iter().find(|entry| entry.key.value == keys::RARE_CHARACTERS.name) else {
        return BTreeSet::new();
    };
    let Value::Mapping(entries) = &entry.node.value else { return BTreeSet::new() };
    entries.iter().filter_map(|entry| rare_character(&entry.key.value)).collect()
}

/// Reads `U+E863`, or the character itself; `None` for what may stand nowhere, and for ordinary characters.
fn rare_character(written: &str) -> Option<char> {
    let code = written.strip_prefix("U+").or_else(|| written.strip_prefix("u+"));
    let mut characters = written.chars();
    let character = match code {
        Some(code) => char::from_u32(u32::from_str_radix(code, 16).ok()?)?,
        None => characters.next().filter(|_| characters.next().is_none())?,
    };
    characters::can_be_kept(character).then_some(character)
}

fn no_rare_character(key: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "unknown-value",
        key.location.clone(),
        format!("`{}` is not a character that can be kept", key.value),
        format!("`{}` 不是可以保留的字符", key.value),
    )
    .help(
        "write the code point that the warning names and why it stands: `U+E863: in a name`; controls, marks of direction and lost characters can never stand",
        "请写警告中的码位和理由，例如 `U+E863: 人名用字`；控制字符、方向标记和转换时丢失的字符一律不能保留",
    )
}

/// Returns the tag in lower case if texts may have it at all; pushes `unknown-value` if not.
fn allowed_tag(tag: &Located<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    let name = tag.value.to_ascii_lowercase();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_name && markdown::can_be_allowed(&name) {
        return Some(name);
    }
    diagnostics.push(
        Diagnostic::error(
            "unknown-value",
            tag.location.clone(),
            format!("the tag `{}` cannot be allowed", tag.value),
            format!("标签 `{}` 不能放行", tag.value),
        )
        .help(
            "name tags that only shape text, such as `sub`, `sup`, `ruby`; scripts, frames and forms never pass, nor what hides, turns or strikes text",
            "只能写用于排版的标签，例如 `sub`、`sup`、`ruby`；脚本、框架和表单一律不放行，会隐藏、倒转或划去文字的标签也不放行",
        ),
    );
    None
}

fn ending_is_not_allowed(ending: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "unknown-value",
        ending.location.clone(),
        format!("the ending `{}` cannot be allowed", ending.value),
        format!("扩展名 `{}` 不能放行", ending.value),
    )
    .help(
        "write the last ending of files that are only looked at, such as `odt` or `tif`; what servers, browsers or computers run is never published",
        "只能写供人查看的文件的最后一节扩展名，例如 `odt`、`tif`；服务器、浏览器或电脑会运行的文件一律不发布",
    )
}

fn checked_base_url(url: &Located<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    match text::folder_of_site(&url.value) {
        Ok(folder) => Some(folder),
        Err(AddressFault::NotOnTheWeb) => {
            diagnostics.push(not_a_web_address(url));
            None
        }
        Err(AddressFault::NotAFolder(folder)) => {
            diagnostics.push(not_a_folder_on_the_web(url, &folder));
            None
        }
    }
}

fn not_a_folder_on_the_web(url: &Located<String>, folder: &str) -> Diagnostic {
    Diagnostic::error(
        "base-url-of-a-file",
        url.location.clone(),
        format!(
            "`{}` is the address of a page or file, not of the folder in which the site stands",
            url.value
        ),
        format!("`{}` 是网页或文件的网址，不是网站所在文件夹的网址", url.value),
    )
    .help(format!("write `base_url: {folder}`"), format!("请写成 `base_url: {folder}`"))
    .replace(&url.value, folder, Certainty::Probable)
}

fn checked_action(url: Located<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    let is_below_site = url.value.starts_with('/')
        && !url.value.starts_with("//")
        && address::has_only_address_characters(&url.value);
    if is_below_site || address::is_web_address(&url.value) {
        return Some(url.value);
    }
    diagnostics.push(not_a_web_address(&url));
    None
}

/// Returns what is written for `feedback` unless it is the address of the action alone, which it reports.
fn no_action_alone(node: Node, diagnostics: &mut Diagnostics) -> Option<Node> {
    let Value::Scalar(text) = &node.value else { return Some(node) };
    let action = text.trim();
    if !action.starts_with('/') && !address::is_web_address(action) {
        return Some(node);
    }
    diagnostics.push(
        Diagnostic::error(
            "wrong-type",
            node.location,
            "`feedback` takes keys with values, but this is an address",
            "`feedback` 应写“键: 值”，而这里是网址",
        )
        .help(
            format!("write `feedback: {{action: {action}}}`"),
            format!("请写成 `feedback: {{action: {action}}}`"),
        ),
    );
    None
}

/// Returns what is written for `trusted_sites` unless it is one site alone, which it reports.
fn no_site_alone(node: Node, diagnostics: &mut Diagnostics) -> Option<Node> {
    let Value::Scalar(text) = &node.value else { return Some(node) };
    let Some(host) = host_meant_by(text) else { return Some(node) };
    diagnostics.push(
        Diagnostic::error(
            "wrong-type",
            node.location,
            "`trusted_sites` takes a list, but this is a text",
            "`trusted_sites` 应写列表，而这里是文字",
        )
        .help(format!("write `trusted_sites: [{host}]`"), format!("请写成 `trusted_sites: [{host}]`")),
    );
    None
}

/// Returns the name of the one site that somebody meant who wrote its address.
fn host_meant_by(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let host = match text.split_once("://") {
        Some((_, rest)) => rest.split(['/', ':', '?', '#']).next().unwrap_or_default(),
        None => text.split('/').next().unwrap_or_default(),
    };
    is_host(host).then(|| host.to_owned())
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    // One word alone would trust all of `.com`.
    host.contains('.') && host.split('.').all(is_label)
}

fn not_a_web_address(url: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "not-a-web-address",
        url.location.clone(),
        format!("`{}` is not a web address", url.value),
        format!("`{}` 不是网址", url.value),
    )
    .help(
        "copy it from the address line of a browser, beginning with `https://`",
        "请从浏览器的地址栏复制完整网址，以 `https://` 开头",
    )
}

/// Holds 网站标识码 to its shape (国办发〔2017〕47号, 网页设计规范): `bm` and 8 digits, or 10 digits.
fn checked_site_code(code: Located<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    if digits(&code.value, 10) || code.value.strip_prefix("bm").is_some_and(|rest| digits(rest, 8)) {
        return Some(code.value);
    }
    diagnostics.push(
        Diagnostic::error(
            "not-a-site-code",
            code.location.clone(),
            format!("`{}` is not a site code", code.value),
            format!("`{}` 不是网站标识码", code.value),
        )
        .help(
            "a site code is `bm` and 8 digits, or 10 digits, such as `1304000009`",
            "网站标识码是 `bm` 加 8 位数字，或 10 位数字，例如 `1304000009`",
        ),
    );
    None
}

/// Returns the host in lower case; pushes `unknown-value` for what is none.
fn trusted_site(site: &Located<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    let host = site.value.to_lowercase();
    if is_host(&host) {
        return Some(host);
    }
    let example = host_meant_by(&site.value).unwrap_or_else(|| "www.example.com".to_owned());
    diagnostics.push(
        Diagnostic::error(
            "unknown-value",
            site.location.clone(),
            format!("`{}` is not the name of a site", site.value),
            format!("`{}` 不是网站域名", site.value),
        )
        .help(
            format!("write the host alone, `{example}`, without `https://` and path"),
            format!("只写域名，例如 `{example}`，不带 `https://` 和路径"),
        ),
    );
    None
}

/// Takes over the addresses of units; pushes `not-a-unit-address` for what is none, and for one that another unit has.
fn addresses_of_units(
    entries: Vec<Entry>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Located<String>> {
    let mut units = BTreeMap::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for Entry { key, node } in entries {
        let Some(address) = node.into_text(&key.value, diagnostics) else { continue };
        if !is_unit_address(&address.value) {
            diagnostics.push(not_a_unit_address(&address));
        } else if let Some(owner) = owners.get(&address.value) {
            diagnostics.push(address_of_another_unit(&address, owner));
        } else {
            owners.insert(address.value.clone(), key.value.clone());
            units.insert(key.value, address);
        }
    }
    units
}

fn is_unit_address(address: &str) -> bool {
    let is_fit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    address.len() <= 60 && address.bytes().all(is_fit) && address::fault_of_name(address).is_none()
}

fn not_a_unit_address(address: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "not-a-unit-address",
        address.location.clone(),
        format!("`{}` cannot be a part of an address", address.value),
        format!("`{}` 不能用作网址的一部分", address.value),
    )
    .help(
        "write one short word of the letters a–z, digits and `-`, such as `minzheng`",
        "请用小写英文字母、数字和 `-` 写一个短词，例如 `minzheng`",
    )
}

fn address_of_another_unit(address: &Located<String>, owner: &str) -> Diagnostic {
    Diagnostic::error(
        "not-a-unit-address",
        address.location.clone(),
        format!("`{}` is the address of `{owner}`, too", address.value),
        format!("`{}` 已经是 `{owner}` 的网址", address.value),
    )
    .help("give each unit an address of its own", "请给每个单位写各不相同的网址")
}

fn no_term(location: Location, meaning: &str) -> Diagnostic {
    Diagnostic::error(
        "empty-value",
        location,
        format!("a word is missing in front of its meaning `{meaning}`"),
        format!("释义 `{meaning}` 前面没有词语"),
    )
    .help("write `word: what it means`", "请写成 `词语: 释义`")
}

/// Holds the number of 党政机关网站标识 to its shape.
fn checked_conac(id: &Located<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    if id.value.len() == 32 && id.value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(id.value.to_ascii_uppercase());
    }
    diagnostics.push(
        Diagnostic::error(
            "not-a-conac-id",
            id.location.clone(),
            format!("`{}` is not the number of a site mark", id.value),
            format!("`{}` 不是党政机关网站标识的编号", id.value),
        )
        .help(
            "write the 32 digits and letters behind `id=` in the address that the mark leads to",
            "请写标识链接中 `id=` 后面的 32 位数字和字母",
        ),
    );
    None
}
