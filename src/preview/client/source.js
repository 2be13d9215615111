// From what the page shows to the line it was written in: Alt and a click, or Alt+Shift+E.
//
// Start at `findSource`. The server has a second form of each page that names the source of its blocks; it is built
// alike, so an element is found there by its place among its siblings. Without an editor the place is copied.
const gongkaiSource = (() => {
  'use strict';

  const { host, root, isOwnPage, make, fill, word, tell } = gongkaiPanel;
  const BLOCKS = 'p, li, dt, dd, tr, caption, h1, h2, h3, h4, h5, h6';
  const FOLLOWS = Node.DOCUMENT_POSITION_FOLLOWING;

  let hello = null;
  const greet = (greeting) => (hello = greeting);

  // From an element to its source

  let marked = null;

  /**
   * Asks for the form of this page that names its sources; lines move, so each press of Alt asks anew.
   * The preview's own pages name them already.
   */
  function loadMarked() {
    marked = isOwnPage ? Promise.resolve(document) : fetchMarked();
    return marked;
  }

  function fetchMarked() {
    return fetch(`/__gongkai/marked${location.pathname}`, { cache: 'no-store' })
      .then((response) => response.text())
      .then((text) => new DOMParser().parseFromString(text, 'text/html'))
      .catch(() => new Document());
  }

  /** Returns the nearest block with a source, around an element or in front of it, as `{block, place}`. */
  function findSource(element, page) {
    const anchors = anchorsOf(page);
    for (let block = element; block; block = block.parentElement) {
      const twin = twinOf(block, page);
      const place = twin?.getAttribute('data-source') || anchors.get(block.id);
      if (place) return { block, place };
    }
    const before = [...document.querySelectorAll('[id]')]
      .filter(({ id }) => anchors.has(id))
      .filter((block) => block.compareDocumentPosition(element) & FOLLOWS);
    const block = before.pop();
    return block ? { block, place: anchors.get(block.id) } : null;
  }

  /** Returns the element at the same place in another page of the same form. */
  function twinOf(element, page) {
    if (element === document.documentElement) return page.documentElement;
    const parent = element.parentElement && twinOf(element.parentElement, page);
    return parent && childrenOf(parent)[childrenOf(element.parentElement).indexOf(element)];
  }

  const childrenOf = (element) => [...element.children].filter((child) => !child.matches(gongkaiPatch.OWN));

  function anchorsOf(page) {
    const anchors = page.getElementById('gongkai-anchors');
    return new Map(anchors ? Object.entries(JSON.parse(anchors.textContent)) : []);
  }

  // To the editor

  /** Opens the source of the first element that has one. */
  async function openSource(elements, loading) {
    const page = await loading;
    const source = elements.map((element) => findSource(element, page)).find((found) => found);
    if (source) openPlace(source.place);
    else tell(word('no_source'), true);
  }

  function openPlace(place) {
    if (!hello.editor) {
      copy(place);
      return;
    }
    tell(word('opened', { place }), true);
    const link = make('a', { href: editorAddress(place) });
    root.append(link);
    link.click();
    link.remove();
  }

  /** Returns the address that makes the editor open a place such as `content/a/06.md:12:5`. */
  function editorAddress(place) {
    const [, file, line = 1, column = 1] = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(place);
    const path = encodeURI(`${hello.root}/${file}`.replace(/\\/g, '/')).replace(/[?#&]/g, encodeURIComponent);
    // A path on Windows begins with the drive, others with a slash, which may already stand in the address.
    const address = path.startsWith('/') ? hello.editor.replace('/{path}', '{path}') : hello.editor;
    return fill(address, { path, line, column });
  }

  async function copy(place) {
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(place);
    } catch {
      isCopied = copyBySelection(place);
    }
    tell(word(isCopied ? 'copied' : 'not_copied', { place }), true);
  }

  /** Copies as a reader would: the clipboard proper is closed to pages over http from another machine. */
  function copyBySelection(text) {
    const focused = root.activeElement || document.activeElement;
    const field = make('textarea', { class: 'unseen' });
    field.value = text;
    root.append(field);
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    focused?.focus({ preventScroll: true });
    return isCopied;
  }

  // The outline of what a click would open

  const outline = make('div', { class: 'outline', 'aria-hidden': 'true', hidden: '' }, make('span', {}));
  root.append(outline);
  let pointed = null;
  let isAltDown = false;

  async function showOutline() {
    const element = pointed;
    const source = element && element !== host && findSource(element, await (marked || loadMarked()));
    if (element !== pointed || !isAltDown) return;
    outline.hidden = !source;
    if (!source) return;
    const { left, top, width, height } = source.block.getBoundingClientRect();
    const px = { left: left - 4, top: top - 4, width: width + 8, height: height + 8 };
    for (const [side, length] of Object.entries(px)) outline.style[side] = `${length}px`;
    outline.classList.toggle('first', top < 30);
    outline.firstChild.textContent = source.place;
  }

  function setAlt(isDown) {
    isAltDown = isDown;
    if (isDown) showOutline();
    else outline.hidden = true;
  }

  // The reader's hand

  document.addEventListener('pointermove', (event) => {
    pointed = event.target;
    setAlt(event.altKey);
  });
  document.addEventListener('scroll', () => setAlt(isAltDown), { capture: true, passive: true });
  window.addEventListener('blur', () => setAlt(false));
  document.addEventListener('keyup', (event) => event.key === 'Alt' && setAlt(false));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Alt' && !event.repeat) {
      loadMarked();
      setAlt(true);
    }
    // By its place on the keyboard: with Alt and Shift, some systems give the key another letter.
    if (event.altKey && event.shiftKey && event.code === 'KeyE' && hello) {
      event.preventDefault();
      openSource(elementsInHand(), loadMarked());
    }
  });
  // Before the page's own listeners: in some browsers, Alt and a click on a link downloads it.
  document.addEventListener(
    'click',
    (event) => {
      if (!event.altKey || event.target === host || !hello) return;
      event.preventDefault();
      event.stopPropagation();
      openSource([event.target], marked || loadMarked());
    },
    true,
  );
  root.addEventListener('click', ({ target }) => {
    if (target.matches('[data-place]')) openPlace(target.getAttribute('data-place'));
  });

  /** Returns what has the focus, what is selected, and what is seen, from the top. */
  function elementsInHand() {
    const { activeElement: focused } = document;
    const { anchorNode: selected } = getSelection();
    // Places that are only jumped to, such as the whole text, are not what the reader means.
    const isChosen = focused && focused !== document.body && focused !== host && focused.tabIndex >= 0;
    return [
      ...(isChosen ? [focused] : []),
      ...(selected?.parentElement ? [selected.parentElement] : []),
      ...[...document.querySelectorAll(BLOCKS)].filter(isSeen),
    ];
  }

  function isSeen(element) {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < innerHeight;
  }

  return { greet };
})();
