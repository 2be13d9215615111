//! The pipeline, in one readable function: files → sources → notices → site → pages → output.
//!
//! [`build`] goes through all stages whatever it finds, so that one run shows every problem; the output folder changes only
//! if there was no error. Pages are rendered, checked and handed to the writer one by one on all cores; they are
//! never all in memory.

use std::path::{Path, PathBuf};

use anyhow::bail;
use rayon::prelude::*;

use crate::check::accepted::{self, Extent};
use crate::check::{Checks, Seen, strict};
use crate::config::{self, Config};
use crate::content::{self, Content, Drafts};
use crate::diagnostic::{Diagnostic, Diagnostics, Explain, Location, Message, SourcePath};
use crate::disk::{self, Opened, Sources};
use crate::export;
use crate::notice::Coverage;
use crate::output::{Output, OutputPath, Stop, Summary};
use crate::render::{Page, Renderer};
use crate::site::{DataFile, Route, SearchFile, Site};
use crate::theme::{self, Theme};

/// The most that `site.yaml` may have, in bytes.
const LARGEST_SETTINGS: u64 = 64 * 1024;

/// What to build, and where to.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder with `site.yaml`.
    pub root: PathBuf,
    /// The folder that the site is written to.
    pub output: PathBuf,
    /// The address of the site; wins over the one in `site.yaml`.
    pub base_url: Option<String>,
    /// Whether what is left to do stops the build, too.
    pub is_strict: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    /// All that was found, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics point into.
    pub sources: Sources,
    /// What the writer did; `None` if there were errors, in which case the output is as it was.
    pub summary: Option<Summary>,
    /// How much the site has.
    pub counts: Counts,
}

/// How much a site has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Notices.
    pub notices: usize,
    /// Items of all notices.
    pub items: usize,
    /// HTML pages.
    pub pages: usize,
    /// Figures of all notices that are accounted for.
    pub coverage: Coverage,
}

/// Builds the site.
///
/// Fails only for reasons of the environment: the folder is not there, the output is not ours, the disk is full. What
/// is wrong with the content is in the report.
pub fn build(options: &Options) -> anyhow::Result<Report> {
    build_until(options, &Stop::default())
}

/// Builds the site as [`build`] does, unless it is told to stop: then it fails with [`crate::output::Stopped`].
pub fn build_until(options: &Options, stop: &Stop) -> anyhow::Result<Report> {
    let root = &options.root;
    check_root(root)?;
    let mut output = Output::open(&options.output, &source_folders(root))?;
    output.set_stop(stop.clone());
    let mut diagnostics = Diagnostics::new();

    let Contents { config, content, mut sources } =
        read_contents(root, options.base_url.as_deref(), Drafts::LeftOut, &mut diagnostics)?;
    output.set_readers(config.readers);
    let site = Site::resolve(config, content, &mut diagnostics);
    let theme = Theme::load(root, &site.config, &mut sources, &mut diagnostics);

    render_all(root, &site, &theme, &output, &mut diagnostics)?;
    let notices = site.notices.iter().map(|notice| &**notice);
    accepted::apply(notices, |path| sources.get(path), Extent::Complete, &mut diagnostics);
    if options.is_strict {
        strict::check(&site, &mut diagnostics);
    }

    let counts = Counts {
        notices: site.notices.len(),
        items: site.notices.iter().map(|notice| notice.n_items()).sum(),
        pages: site.routes.values().filter(|route| route.is_html()).count(),
        coverage: site.notices.iter().map(|notice| notice.coverage()).sum(),
    };
    let summary = if diagnostics.has_errors() { None } else { Some(output.commit()?) };
    if let Some(summary) = &summary {
        report_foreign_files(&summary.foreign, &mut diagnostics);
        if let Some(warning) = wrong_mode(&summary.wrong_modes) {
            diagnostics.push(warning);
        }
    }
    Ok(Report { diagnostics: diagnostics.into_sorted(), sources, summary, counts })
}

/// What the sources of a site say, before pages are made of it.
#[derive(Debug)]
pub struct Contents {
    /// The settings.
    pub config: Config,
    /// The notices and pages.
    pub content: Content,
    /// The texts that diagnostics point into.
    pub sources: Sources,
}

/// Reads settings and content of the site in `root`, drafts as told, and builds nothing.
///
/// Fails only if there is no such folder, or `base_url` is no address.
pub fn read_contents(
    root: &Path,
    base_url: Option<&str>,
    drafts: Drafts,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Contents> {
    check_root(root)?;
    let mut loaded = content::load(root, diagnostics);
    let config = load_config(root, base_url, &mut loaded.sources, diagnostics)?;
    let markdown_options = config.markdown_options();
    let mut content = content::parse(&loaded, &markdown_options, drafts, diagnostics);
    content.static_files = content::load_static(root, diagnostics);
    Ok(Contents { config, content, sources: loaded.sources })
}

/// Fails if there is no folder `root`.
pub(crate) fn check_root(root: &Path) -> anyhow::Result<()> {
    if !root.is_dir() {
        let root = root.display();
        bail!(Message::new(format!("there is no folder `{root}`"), format!("没有文件夹 `{root}`")));
    }
    Ok(())
}

/// What the output must never be, hold or lie in.
fn source_folders(root: &Path) -> Vec<PathBuf> {
    [content::FOLDER, content::STATIC_FOLDER, theme::FOLDER, config::FILE]
        .iter()
        .map(|name| root.join(name))
        .collect()
}

/// Reads `site.yaml`; `base_url` wins over the one in it.
///
/// Pushes what [`Config::parse`] finds, or `missing-site-settings`. Fails only if `base_url` is no address.
pub(crate) fn load_config(
    root: &Path,
    base_url: Option<&str>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Config> {
    let path = SourcePath::new(config::FILE);
    let mut config = if root.join(config::FILE).exists() {
        // A file that cannot be read has been reported; its missing keys are not reported as well.
        let bytes = disk::read(root, &path, LARGEST_SETTINGS, diagnostics);
        let text = bytes.as_ref().and_then(|bytes| disk::text(&path, bytes, diagnostics));
        let config = text.map_or_else(Config::placeholder, |text| Config::parse(&path, text, diagnostics));
        if let Some(bytes) = bytes {
            sources.insert(path, bytes);
        }
        config
    } else {
        Config::missing(diagnostics)
    };
    if let Some(url) = base_url {
        config.set_base_url(url)?;
    }
    Ok(config)
}

/// Renders and checks everything that the site consists of, and stages it as long as there is no error.
fn render_all(
    root: &Path,
    site: &Site,
    theme: &Theme,
    output: &Output,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<()> {
    let renderer = Renderer::new(site, theme);
    let assets = theme.assets().values().map(|asset| asset.path.clone()).collect();
    let checks = Checks::new(site, assets);
    checks.before_rendering(diagnostics);
    Checks::assets(theme, diagnostics);
    // With errors the pages are still rendered, to find the faults of templates, but not staged.
    let output = (!diagnostics.has_errors()).then_some(output);

    let routes: Vec<(&String, &Route)> = site.routes.iter().collect();
    let render_one = |(path, route): &(&String, &Route)| {
        let mut of_page = Diagnostics::new();
        let file = file_at(site, &renderer, path, route, &mut of_page);
        let seen = match &file {
            Some(File::Page(page)) => Some(checks.page(route, page)),
            _ => None,
        };
        if let (Some(file), Some(output)) = (file, output) {
            stage_file(root, site, output, path, file)?;
        }
        Ok((seen, of_page))
    };
    let finished: anyhow::Result<Vec<(Option<Seen>, Diagnostics)>> =
        routes.par_iter().map(render_one).collect();
    let finished = finished.explain(|| {
        Message::new(
            "the site could not be written; the old one is as it was",
            "网站未能写入；原来的网站没有改动",
        )
    })?;
    if let Some(output) = output {
        for asset in theme.assets().values() {
            output.stage(OutputPath::new(asset.path.as_str())?, &asset.bytes)?;
        }
    }

    let mut all_seen = Vec::with_capacity(finished.len());
    for (seen, of_page) in finished {
        diagnostics.append(of_page);
        all_seen.extend(seen);
    }
    checks.gather(&all_seen).report(theme, diagnostics);
    Ok(())
}

/// Stages what is at a route, whose path is `path`.
fn stage_file(root: &Path, site: &Site, output: &Output, path: &str, file: File<'_>) -> anyhow::Result<()> {
    match file {
        File::Page(page) => output.stage(OutputPath::new(page.path)?, &page.bytes)?,
        File::Data(bytes) => output.stage(OutputPath::new(path)?, &bytes)?,
        File::DataOfNotice(notice) => {
            for (file, hashed) in export::data_files(site, notice) {
                let path = OutputPath::new(Route::Data { notice, file }.path(site))?;
                output.stage_hashed(path, &hashed.bytes, hashed.sha256)?;
            }
        }
        File::SearchIndex => {
            for (file, bytes) in export::search::files(site) {
                output.stage(OutputPath::new(Route::SearchIndex(file).path(site))?, &bytes)?;
            }
        }
        File::Attachment(source) => {
            if let Some(seen) = site.attachment(source) {
                let mut source = Opened::again(root, source, &seen.stamp)?;
                output.stage_file(OutputPath::new(path)?, &mut source)?;
            }
        }
    }
    Ok(())
}

/// What is at a route.
enum File<'a> {
    Page(Page),
    Data(Vec<u8>),
    /// All data files of a notice: one describes the others, so they are written together.
    DataOfNotice(usize),
    /// All files of the search index, which are made together.
    SearchIndex,
    Attachment(&'a SourcePath),
}

fn file_at<'a>(
    site: &Site,
    renderer: &Renderer<'_>,
    path: &str,
    route: &'a Route,
    diagnostics: &mut Diagnostics,
) -> Option<File<'a>> {
    debug_assert_eq!(path, route.path(site), "routes are kept under their own paths");
    match route {
        Route::Data { notice, file: DataFile::DataPackage } => Some(File::DataOfNotice(*notice)),
        Route::Data { .. } => None,
        Route::SearchIndex(SearchFile::Index) => Some(File::SearchIndex),
        Route::SearchIndex(_) => None,
        Route::Attachment(source) => Some(File::Attachment(source)),
        _ if route.is_html() => renderer.page(route, diagnostics).map(File::Page),
        _ => data_at(site, route).map(File::Data),
    }
}

/// Writes the data file at `route`; `None` if a page, an attachment or a part of the search index stands there.
pub(crate) fn data_at(site: &Site, route: &Route) -> Option<Vec<u8>> {
    match route {
        Route::Robots => Some(export::robots::robots(site).into_bytes()),
        Route::SitemapXml(part) => Some(export::sitemap::sitemap(site, *part).into_bytes()),
        Route::Feed => Some(export::feed::feed(site).into_bytes()),
        Route::Data { notice, file } => Some(export::data_file(site, *notice, *file)),
        Route::Home
        | Route::Notice(_)
        | Route::Item { .. }
        | Route::Page(_)
        | Route::Contact
        | Route::Feedback
        | Route::Search
        | Route::FeedbackSent
        | Route::FeedbackFailed
        | Route::Accessibility
        | Route::Privacy
        | Route::List { .. }
        | Route::SiteMap
        | Route::NotFound
        | Route::Leave(_)
        | Route::Former(_)
        // One file of the index costs as much as all: `export::search::files` makes them together.
        | Route::SearchIndex(_)
        | Route::Attachment(_) => None,
    }
}

/// Warns of files that would be published although no source asks for them.
fn report_foreign_files(foreign: &[String], diagnostics: &mut Diagnostics) {
    for path in foreign {
        diagnostics.push(
            Diagnostic::warning(
                "foreign-file",
                Location::file(&SourcePath::new(path.as_str())),
                "this file in the output folder is not from gongkai; it was left alone",
                "输出文件夹中的这个文件不是 gongkai 生成的，未作改动",
            )
            .help("remove it if it should not be published with the site", "如果不应随网站发布，请删除它"),
        );
    }
}

/// Warns of files and folders that others may read than should, because their modes could not be changed.
fn wrong_mode(failed: &[(String, Message)]) -> Option<Diagnostic> {
    let (path, reason) = failed.first()?;
    let path = if path.is_empty() { "." } else { path };
    let (more, chinese_more) = match failed.len() - 1 {
        0 => (String::new(), String::new()),
        rest => (format!(" (and that of {rest} more)"), format!("（另有 {rest} 个）")),
    };
    let [english, chinese] = reason.both();
    let warning = Diagnostic::warning(
        "mode-not-changed",
        Location::file(&SourcePath::new(path)),
        format!("in the output folder, the mode of this could not be changed{more}: {english}"),
        format!("无法更改输出文件夹中此项的权限{chinese_more}：{chinese}"),
    );
    Some(warning.help(
        "readers may not be able to see it: let its owner build once, or remove it and build again; who shall read the site \
         is said by `readable_by` in `site.yaml`",
        "读者可能无法访问：请由其所有者生成一次，或删除后重新生成；`site.yaml` 中的 `readable_by` 规定谁可以读取网站",
    ))
}
