//! Which files are published, by their names: a list of what readers only look at, and what a site adds to it.
//!
//! What servers, browsers or computers run is never published, whatever a site says. Servers look at more than the last
//! ending (`a.php.jpg`) and at the names of folders (`a.asp/b.jpg`), so every part of a path is judged.

use std::collections::BTreeSet;

use crate::text;

/// The endings that are published without a word.
const PASSIVE: &str = "\
    pdf ofd doc docx xls xlsx ppt pptx wps et dps csv txt zip rar 7z png jpg jpeg webp gif avif svg \
    mp3 m4a mp4";

/// The endings that begin like one of these are those of programs for servers: `php7`, `aspx`, `jspx`, `cfml`.
const SERVER_FAMILIES: [&str; 7] = ["php", "pht", "phar", "asp", "jsp", "jht", "cfm"];

/// What else servers run or obey.
const SERVERS: &str = "\
    asa asax ascx ashx asmx axd cer cdx cgi config cshtml erb fcgi fpl hta htaccess htpasswd htr idc \
    idq jws lasso lua pl pm pp ps py pyc pyw rb rhtml rem shtm shtml soap ssi stm svc vbhtml war xamlx \
    yaws";

/// What browsers run, or what tells them what to run.
const BROWSERS: &str = "\
    appcache cjs dtd ent htc htm html htx js jse jsx manifest mht mhtm mhtml mjs mml pac rdf rss atom \
    swf spl svgz ts tsx vml wasm webmanifest xbl xht xhtm xhtml xml xsd xsl xslt xul";

/// What computers and phones run when somebody opens it, office files with macros among them.
const COMPUTERS: &str = "\
    accde ade adp apk appinstaller application appref-ms appx appxbundle bas bash bat chm class cmd \
    com command cpl csh deb desktop diagcab dll dmg docm dot dotm elf exe fish gadget hlp hpj hqx inf \
    ins ipa iqy iso isp img jar jnlp job ksh library-ms lnk mad maf mam mar mat mda mdb mde mdt mdw \
    msc msh msi msix msixbundle msp mst msu ocx oqy ops osd pcd pif pkg plg potm ppa ppam ppsm pptm \
    prf prg ps1 ps1xml ps2 psc1 psd1 psm1 pst reg rpm rqy run scf scpt scr sct search-ms \
    settingcontent-ms sh shb shs sldm slk so sys theme url vb vba vbe vbs vhd vhdx vsix vxd website \
    wim wll ws wsc wsf wsh xla xlam xlb xll xlm xlsb xlsm xlt xltm xnk zsh";

/// What may be published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endings {
    /// In lower case, without dots.
    more: BTreeSet<String>,
}

/// Why a file is not published, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A part of the path has the ending of something that is run.
    Active(String),
    /// The ending is not on the list, and a site may add it.
    Unknown(String),
    /// There is no ending that could be on a list.
    None,
}

impl Endings {
    /// Adds an ending, written with or without its dot; tells whether that is possible: one of something that is run is not
    /// added, nor what is no ending.
    pub fn allow(&mut self, ending: &str) -> bool {
        let ending = ending.strip_prefix('.').unwrap_or(ending).to_ascii_lowercase();
        let can_be_added = is_ending(&ending) && !is_run(&ending);
        if can_be_added {
            self.more.insert(ending);
        }
        can_be_added
    }

    /// Judges a file by its path.
    pub fn judge(&self, path: &str) -> Result<(), Refusal> {
        let path = path.to_ascii_lowercase();
        for part in path.split('/') {
            // Without the spaces and dots that Windows drops.
            let mut endings = part.trim_end_matches([' ', '.']).split('.').skip(1);
            if let Some(ending) = endings.find(|ending| is_run(ending)) {
                return Err(Refusal::Active(ending.to_owned()));
            }
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        match name.rsplit_once('.') {
            Some((_, ending)) if text::lists(PASSIVE, ending) || self.more.contains(ending) => Ok(()),
            Some((_, ending)) if is_ending(ending) => Err(Refusal::Unknown(ending.to_owned())),
            _ => Err(Refusal::None),
        }
    }
}

/// Tells whether a text can be an ending: a few letters and digits.
fn is_ending(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Tells whether something runs what has this ending.
fn is_run(ending: &str) -> bool {
    let ending = ending.trim();
    SERVER_FAMILIES.iter().any(|family| ending.starts_with(family))
        || [SERVERS, BROWSERS, COMPUTERS].iter().any(|list| text::lists(list, ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: &Result<(), Refusal>, names: &[&str]) {
        for name in names {
            assert_eq!(Endings::default().judge(&format!("content/n/{name}")), *expected, "{name}");
        }
    }

    #[test]
    fn what_readers_look_at_is_published() {
        check(
            &Ok(()),
            &["a.pdf", "A.PDF", "a.Docx", "a.wps", "a.et", "a.ofd", "v1.2.xlsx", "a.svg", "x.y/a.jpeg"],
        );
    }

    #[test]
    fn what_is_run_is_not() {
        for (name, ending) in [
            ("a.php", "php"),
            ("a.PhP5", "php5"),
            ("a.phtml", "phtml"),
            ("a.php.jpg", "php"),
            ("a.jpg.php", "php"),
            ("a.php.", "php"),
            ("a.php ", "php"),
            ("a.aspx", "aspx"),
            ("a.asp/b.jpg", "asp"),
            ("a.cer", "cer"),
            ("a.jspx", "jspx"),
            ("web.config", "config"),
            (".htaccess", "htaccess"),
            ("a.shtml", "shtml"),
            ("a.cgi", "cgi"),
            ("a.HTA", "hta"),
            ("a.exe", "exe"),
            ("a.pdf.lnk", "lnk"),
            ("a.bat", "bat"),
            ("a.ps1", "ps1"),
            ("a.swf", "swf"),
            ("a.docm", "docm"),
            ("a.xlsm", "xlsm"),
            ("a.html", "html"),
            ("a.xhtml", "xhtml"),
            ("a.xml", "xml"),
            ("a.svgz", "svgz"),
            ("a.mjs", "mjs"),
            ("a.url", "url"),
            ("a.msi", "msi"),
            ("a.vbs", "vbs"),
            ("a.apk", "apk"),
        ] {
            check(&Err(Refusal::Active(ending.to_owned())), &[name]);
        }
    }

    #[test]
    fn what_is_on_no_list_is_not_either() {
        for ending in ["odt", "tif", "json", "heic", "en"] {
            check(&Err(Refusal::Unknown(ending.to_owned())), &[&format!("a.{ending}")]);
        }
        check(&Err(Refusal::None), &["README", "a.", "a.pdf.", "a.pdf ", "a.p-d", "a.附件", "a.jpg::$data"]);
    }

    #[test]
    fn a_site_adds_what_is_passive() {
        let mut endings = Endings::default();
        for (ending, is_added) in [
            ("odt", true),
            (".TIF", true),
            ("pdf", true),
            ("php", false),
            ("PHP8", false),
            (".html", false),
            ("exe", false),
            ("docm", false),
            ("config", false),
            ("", false),
            (".", false),
            ("*", false),
            ("tar.gz", false),
            ("a/b", false),
        ] {
            assert_eq!(endings.allow(ending), is_added, "{ending}");
        }
        assert_eq!(endings.judge("a.odt"), Ok(()));
        assert_eq!(endings.judge("a.tif"), Ok(()));
        assert_eq!(endings.judge("a.php.odt"), Err(Refusal::Active("php".to_owned())));
    }
}
