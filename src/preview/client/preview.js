// News from the server → changes of the page that is open.
//
// Start at `follow`: each kind of news has a function. A page is not loaded again but patched (patch.js), so that
// place, focus and half-filled forms stay. What is wrong is told in the panel (panel.js); how to get from the page to
// its source is in source.js. The four files are sent as one script, in the order patch, panel, source, preview.
(() => {
  'use strict';

  const { SCRIPT, OWN, patch, replaceStyles } = gongkaiPatch;
  const { tell, word, recall, note } = gongkaiPanel;
  const KEEPER = 'script[data-keeps-page]';
  const BEGUN = 'gongkai-begun'; // the scripts for which the page was last loaded again
  const BLOCKS = 'p, li, dt, dd, tr, caption, figcaption, pre, h1, h2, h3, h4, h5, h6';
  const RETRY = 1000; // ms between two looks for a server that is gone
  const PATIENCE = 2000; // ms before its absence is told; a restart takes less
  const MARKED = 2000; // ms for which a change stays marked

  // News

  let news, retry, absence;

  /** Listens to the server, and asks again for one that is gone. */
  function follow() {
    clearTimeout(retry);
    news?.close();
    // Browsers open six connections to one server, in all tabs together. A tab that nobody sees leaves its own to the
    // others, and catches up when it is shown.
    if (document.hidden) return;
    news = new EventSource(`/__gongkai/events?page=${encodeURIComponent(location.pathname)}`);
    const on = (kind, act) => news.addEventListener(kind, (event) => act(JSON.parse(event.data)));
    on('hello', greet);
    on('page', update);
    on('assets', restyle);
    on('problems', gongkaiPanel.showProblems);
    news.onerror = () => {
      // Browsers differ in whether they come back by themselves.
      news.close();
      absence = absence || setTimeout(gongkaiPanel.showAbsence, PATIENCE, true);
      retry = setTimeout(follow, RETRY);
    };
  }

  function greet(hello) {
    clearTimeout(absence);
    absence = null;
    gongkaiPanel.greet(hello);
    gongkaiSource.greet(hello);
    // Anything may have changed since the page was sent or the connection was lost, with or without a restart.
    update();
  }

  function restyle(addresses) {
    // A page that is under way may have been asked for before the change, and would bring the old style back.
    if (isUpdating) isStale = true;
    replaceStyles(addresses);
  }

  // The page

  let isUpdating = false;
  let isStale = false;
  let shownText = null;

  /** Brings the page up to date. However many ask meanwhile, once more is enough. */
  async function update() {
    isStale = true;
    if (isUpdating) return;
    isUpdating = true;
    try {
      while (isStale) {
        isStale = false;
        const text = await load(location.pathname + location.search);
        if (text !== null) showPage(text);
      }
    } finally {
      // A fault with one version of the page must not keep the next one away.
      isUpdating = false;
    }
  }

  /** Returns the text of an answer; null if the server is gone, as the next `hello` asks again. */
  async function load(address) {
    try {
      const response = await fetch(address, { cache: 'no-store' });
      return await response.text();
    } catch {
      return null;
    }
  }

  function showPage(text) {
    const fresh = new DOMParser().parseFromString(text, 'text/html');
    // What comes without our script is not from this server; another program may have got its port.
    if (text === shownText || !fresh.querySelector(SCRIPT)) return;
    const isFirst = shownText === null;
    shownText = text;
    if (startsAnew(fresh)) return;
    // What a theme's own script has made of its page cannot be told from what is outdated, so such a page starts anew;
    // unless the script promises to change nothing that a patch would destroy.
    if (hasCode(document)) {
      if (!isFirst) location.reload();
      return;
    }
    const changed = new Set();
    keepPlace(() => patch(document.documentElement, fresh.documentElement, changed));
    if (changed.size === 0) return;
    mark(changed);
    tell(word('updated'));
  }

  /** Loads the page again if it runs other scripts than it should, which only a new page can; tells whether it does. */
  function startsAnew(fresh) {
    const scripts = (page) => `${hasCode(page)} ${keepersOf(page)}`;
    const wanted = scripts(fresh);
    const isDifferent = scripts(document) !== wanted;
    // Something in the browser may add scripts of its own to every page; once is enough then.
    const isUseful = isDifferent && recall(BEGUN) !== wanted;
    note(BEGUN, isDifferent ? wanted : '');
    if (isUseful) location.reload();
    return isUseful;
  }

  /** Tells whether a page runs a script that is neither ours nor keeps the page. JSON in a script element is data. */
  function hasCode(page) {
    return [...page.scripts].some((script) => !script.matches(`${OWN}, ${KEEPER}`) && !/json/.test(script.type));
  }

  /** Names the scripts that keep their page. */
  function keepersOf(page) {
    return [...page.querySelectorAll(KEEPER)].map((script) => script.getAttribute('src') + script.text).join('\n');
  }

  /** Makes a change, and sees to it that what is being read does not move and what has the focus keeps it. */
  function keepPlace(change) {
    const anchors = scrollY > 0 ? anchorsAtTop() : [];
    const focused = document.activeElement;
    change();
    const anchor = anchors.find(({ element }) => element.isConnected);
    if (anchor) scrollBy({ top: topOf(anchor.element) - anchor.top, behavior: 'instant' });
    if (!focused || document.activeElement === focused) return;
    const successor = focused.isConnected ? focused : document.getElementById(focused.id);
    successor?.focus({ preventScroll: true });
  }

  /** Returns the element at the top of the window and those around it, the innermost first. */
  function anchorsAtTop() {
    const anchors = [];
    for (let element = document.body; element; element = [...element.children].find(isAtTop)) {
      anchors.unshift({ element, top: topOf(element) });
    }
    return anchors;
  }

  function isAtTop(element) {
    const { bottom, height } = element.getBoundingClientRect();
    const { display, position } = getComputedStyle(element);
    // What is fixed seems to be in its place wherever the text goes; what is inline is too small to last.
    return bottom > 0 && height > 0 && display !== 'inline' && !['fixed', 'sticky'].includes(position);
  }

  const topOf = (element) => element.getBoundingClientRect().top;

  // Marks

  const styles = new CSSStyleSheet();
  styles.replaceSync('@media screen { ::highlight(gongkai-preview) { background-color: rgb(255 190 0 / 25%); } }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styles];
  let marks;

  /** Marks the blocks that changed for a moment, by a highlight of the browser's that leaves the page as it is. */
  function mark(elements) {
    if (!window.Highlight) return;
    const blocks = new Set([...elements].map((element) => element.closest(BLOCKS) || element));
    const ranges = [...blocks].filter((block) => document.body.contains(block)).map((block) => {
      const range = new Range();
      range.selectNodeContents(block);
      return range;
    });
    // Nothing moves or fades, so there is nothing to spare those who asked for less motion.
    CSS.highlights.set('gongkai-preview', new Highlight(...ranges));
    clearTimeout(marks);
    marks = setTimeout(() => CSS.highlights.delete('gongkai-preview'), MARKED);
  }

  document.addEventListener('visibilitychange', follow);
  follow();
})();
