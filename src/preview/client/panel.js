// What the preview itself shows, below the page: what is wrong, the way to the start page, short answers.
//
// Start at `draw`, which turns the state (`view`) into elements; they are patched into the shadow root as pages are
// patched, so the focus stays. Texts are only ever set as text: messages may hold what looks like HTML.
const gongkaiPanel = (() => {
  'use strict';

  const STILLNESS = 1000; // ms the errors stay the same before they are read out, so not at each keystroke
  const TOLD = 5000; // ms for which an answer to the reader stays
  const FOLDED = 'gongkai-folded'; // the errors whose list was folded, for the other pages
  const NOTHING = { errors: 0, warnings: 0, checking: false, list: [] };

  /** Whether this is a page of the preview itself, such as a proof sheet. */
  const isOwnPage = location.pathname.startsWith('/__');

  const host = document.createElement('gongkai-preview');
  const root = host.attachShadow({ mode: 'open' });
  // Polite words wait until a screen reader has finished its sentence; alerts do not.
  const answer = make('p', { class: 'unseen', role: 'status' });
  const alert = make('p', { class: 'unseen', role: 'alert' });
  const dock = make('section', {});
  root.append(answer, dock, alert);

  let hello = null;
  const view = { report: NOTHING, isOpen: false, isAbsent: false };

  function greet(greeting) {
    hello = greeting;
    host.lang = hello.language;
    showAbsence(false);
  }

  /** Returns a text in the site's language, with `{name}` replaced by values. */
  function word(key, values = {}) {
    return fill(hello.words[key] || key, values);
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  // Changes of what is shown

  let errorKey = '';
  let reading;

  function showProblems(report) {
    const errors = report.list.filter(isError);
    // Where an error stands changes while one types above it; it is still the same.
    const key = errors.map(({ code, path, message }) => `${code} ${path} ${message}`).join('\n');
    if (key !== errorKey) {
      view.isOpen = report.errors > 0 && !isFolded(key);
      clearTimeout(reading);
      reading = setTimeout(readOut, STILLNESS, report.errors, errors);
    }
    errorKey = key;
    view.report = report;
    if (report.errors + report.warnings === 0) view.isOpen = false;
    redraw();
  }

  /** Tells whether the reader has folded this list on some page, or the page lists the errors itself. */
  function isFolded(key) {
    return isOwnPage || recall(FOLDED) === key;
  }

  /** Returns what this tab has noted, also on another page. */
  function recall(name) {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null; // The reader lets pages remember nothing.
    }
  }

  function note(name, text) {
    try {
      sessionStorage.setItem(name, text);
    } catch {
      // As above.
    }
  }

  /** Tells those who do not see the panel that it came, changed or went. */
  function readOut(count, errors) {
    alert.textContent = count === 0 ? '' : [counted('error', count), ...errors.slice(0, 1).map(textOf)].join(' ');
    if (count === 0) tell(word('mended'));
  }

  function showAbsence(isAbsent) {
    if (isAbsent && !view.isAbsent && hello) tell(word('stopped'));
    view.isAbsent = isAbsent;
    redraw();
  }

  let silence;

  /** Says something to screen readers, and to everyone if it answers what the reader did. */
  function tell(text, isAnswer = false) {
    answer.className = isAnswer ? 'answer' : 'unseen';
    // Only what changes is read out, and the same words again are no change.
    answer.textContent = '';
    setTimeout(() => (answer.textContent = text), 50);
    clearTimeout(silence);
    silence = setTimeout(() => (answer.className = 'unseen'), TOLD);
  }

  // Drawing

  function redraw() {
    // Without a first `hello` there are no words.
    if (hello) gongkaiPatch.patch(dock, draw(), new Set());
  }

  function draw() {
    const { report, isOpen, isAbsent } = view;
    const status = isAbsent ? 'stopped' : report.checking ? 'checking' : null;
    return make(
      'section',
      { class: isOpen ? 'dock open' : 'dock', 'aria-label': word('preview') },
      make(
        'div',
        { class: 'bar' },
        report.errors + report.warnings > 0 && drawToggle(report, isOpen),
        status && make('span', { class: 'status' }, word(status)),
        make('nav', { 'aria-label': word('preview') }, ...drawLinks()),
      ),
      isOpen && drawProblems(report),
    );
  }

  /** The heading is what opens and closes the list below it. */
  function drawToggle({ errors, warnings }, isOpen) {
    const [kind, count] = errors > 0 ? ['error', errors] : ['warning', warnings];
    const action = make('span', { class: 'action', 'aria-hidden': 'true' }, word(isOpen ? 'collapse' : 'expand'));
    const button = make('button', { class: kind, 'aria-expanded': `${isOpen}` }, counted(kind, count), action);
    return make('h2', {}, button);
  }

  function drawLinks() {
    const notice = /^\/([^/]+)\//.exec(location.pathname);
    const hasProof = notice && !notice[1].startsWith('__');
    return [
      hasProof && make('a', { href: `/__proof/${notice[1]}/` }, word('proof')),
      location.pathname !== '/__gongkai/' && make('a', { href: '/__gongkai/' }, word('preview')),
    ];
  }

  function drawProblems({ errors, warnings, list }) {
    const sorted = [...list.filter(isError), ...list.filter((problem) => !isError(problem))];
    const left = errors + warnings - list.length;
    return make(
      'div',
      { class: 'problems' },
      make('ol', {}, ...sorted.map(drawProblem)),
      left > 0 && make('p', {}, word('more', { n: left })),
      make('p', { class: 'hint' }, word('source_hint')),
    );
  }

  function drawProblem(problem) {
    const { severity, code, place, frame, help } = problem;
    return make(
      'li',
      { class: severity },
      make('p', { class: 'message' }, make('b', {}, word(severity)), ' ', problem.message, ' ', make('code', {}, code)),
      place && make('p', {}, make('button', { class: 'place', 'data-place': place }, place)),
      frame && make('pre', {}, frame),
      help && make('p', {}, word('help', { help })),
    );
  }

  const isError = ({ severity }) => severity === 'error';
  const textOf = ({ message, place }) => (place ? `${message} (${place})` : message);
  const counted = (kind, n) => word(n === 1 ? `one_${kind}` : `n_${kind}s`, { n });

  /** Makes an element; children that are false or null are left out, strings become text. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter(Boolean));
    return element;
  }

  // The reader's hand

  function setOpen(isOpen) {
    view.isOpen = isOpen;
    note(FOLDED, isOpen ? '' : errorKey);
    const hadFocus = root.activeElement !== null;
    redraw();
    // What had the focus may have been folded away.
    if (hadFocus && !root.activeElement) dock.querySelector('[aria-expanded]').focus();
  }

  dock.addEventListener('click', ({ target }) => {
    if (target.closest('[aria-expanded]')) setOpen(!view.isOpen);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && view.isOpen) setOpen(false);
  });

  // A style sheet made here is allowed by a content security policy that forbids inline styles, unlike a <style>.
  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    :host {
      all: initial; position: fixed; z-index: 2147483647; color-scheme: light dark;
      --ink: #1a1a1a; --quiet: #4a4f57; --paper: #fff; --shade: #f1f3f5; --line: #8a919b; --link: #0b4680;
      --error: #a31515; --warning: #7a5200;
      font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink);
    }
    @media (prefers-color-scheme: dark) {
      :host {
        --ink: #f2f2f2; --quiet: #c3c9d1; --paper: #1d2126; --shade: #2a2f36; --line: #7d8590; --link: #a9cdf5;
        --error: #ff9d94; --warning: #f2c46d;
      }
    }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    h2, p, ol { margin: 0; padding: 0; font: inherit; }
    .unseen { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .answer {
      position: fixed; inset: auto 1em 4em; width: fit-content; max-width: 40em; margin: 0 auto; padding: .5em 1em;
      border: 1px solid var(--line); border-radius: .4em; background: var(--ink); color: var(--paper);
      overflow-wrap: anywhere;
    }
    .answer:empty { display: none; }

    .dock {
      position: fixed; right: 0; bottom: 0; display: flex; flex-direction: column; max-width: 100%; max-height: 60vh;
      border: 1px solid var(--line); border-width: 1px 0 0 1px; border-top-left-radius: .5em; background: var(--paper);
    }
    .dock.open { left: 0; border-radius: 0; border-left: 0; box-shadow: 0 -.2em 1em rgb(0 0 0 / 25%); }
    .bar {
      display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 0 .75em; padding: 0 .75em;
    }
    .open .bar { background: var(--shade); border-bottom: 1px solid var(--line); }
    .open h2 { flex: 1 0 auto; }
    .status { color: var(--quiet); font-size: .87em; }
    nav { display: flex; gap: 0 1em; font-size: .87em; }
    a { padding: .3em 0; color: var(--link); }
    button {
      padding: .3em 0; border: 0; background: none; font: inherit; color: inherit; text-align: start; cursor: pointer;
    }
    button.error { color: var(--error); font-weight: 700; }
    button.warning { color: var(--warning); }
    .action { margin-left: .75em; font-weight: 400; font-size: .87em; text-decoration: underline; color: var(--link); }
    a:focus-visible, button:focus-visible { outline: 2px solid currentColor; outline-offset: 1px; }

    .problems { overflow: auto; overscroll-behavior: contain; padding: 0 max(.75em, 50% - 30em) .75em; }
    ol { list-style: none; }
    li { padding: .75em 0; overflow-wrap: anywhere; }
    li + li { border-top: 1px solid var(--line); }
    .error b { color: var(--error); }
    .warning b { color: var(--warning); }
    code { color: var(--quiet); font-size: .87em; }
    .place { color: var(--link); text-decoration: underline; font-family: ui-monospace, monospace; font-size: .93em; }
    pre {
      margin: .25em 0; padding: .5em .75em; overflow-x: auto; background: var(--shade); color: var(--ink);
      font: .87em/1.4 "Sarasa Mono SC", "Noto Sans Mono CJK SC", ui-monospace, monospace;
    }
    .hint { padding-top: .75em; border-top: 1px solid var(--line); color: var(--quiet); font-size: .87em; }

    .outline { position: fixed; border: 2px solid var(--link); border-radius: 3px; pointer-events: none; }
    .outline span {
      position: absolute; right: -2px; bottom: 100%; padding: 0 .4em; background: var(--link); color: var(--paper);
      font: 12px/1.5 ui-monospace, monospace; white-space: nowrap;
    }
    .outline.first span { bottom: auto; top: 0; }
    [hidden] { display: none; }
  `);
  root.adoptedStyleSheets = [styles];
  // Behind <body>, where no patch of the page comes by.
  document.documentElement.append(host);

  return { host, root, isOwnPage, recall, note, make, fill, word, tell, greet, showAbsence, showProblems };
})();
