// Finds words in the index below search/, which docs/search.md describes: which pairs of characters stand where. The files
// are scripts, because a page may load these from a disk too, and under a policy that allows nothing else; each calls
// gongkaiSearch(name, tag, data). Only what a query needs is loaded. Written for browsers from Chrome 87 on.
'use strict';

(() => {
  const STEP = 20;
  const LONGEST_QUERY = 100;
  const MOST_WORDS = 10;
  // How many characters of a text are shown before and behind a word.
  const BEFORE = 24;
  const BEHIND = 64;
  // How many characters of a sentence tell one place of a section from the others.
  const LONGEST_PART = 40;
  const STATUSES = ['', 'completed', 'mostly-completed', 'in-progress', 'long-term', 'not-done'];

  const form = document.getElementById('search');
  const place = (id) => document.getElementById(id);
  if (!form) return;
  const moreText = place('more').textContent;
  const isChinesePage = /^zh\b/.test(document.documentElement.lang);

  // --- What is compared: the same as src/export/search/text.rs.

  const SKIPPED = /[\t\v\f\r \u0085\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]/;
  const QUOTES = '“”„‟‘’\'「」『』';
  const DASHES = /[\u2010-\u2015\u2212]/;
  const DOTS = '\u2022\u2027\u30fb';
  const MARKS = '\n,;:?!()"、。《》〈〉【】〔〕[]{}…·';

  function fold(character) {
    const code = character.codePointAt(0);
    const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
    if (QUOTES.includes(narrow)) return '"';
    if (DASHES.test(narrow)) return '-';
    if (narrow === '\u301c') return '~';
    if (DOTS.includes(narrow)) return '·';
    const lower = narrow.toLowerCase();
    return Array.from(lower).length === 1 ? lower : narrow;
  }

  /** Returns the characters that are compared, and where each begins and ends in the text. */
  function streamOf(text) {
    const characters = [];
    const begins = [];
    const ends = [];
    let at = 0;
    for (const character of text) {
      const begin = at;
      at += character.length;
      if (SKIPPED.test(character)) continue;
      characters.push(fold(character));
      begins.push(begin);
      ends.push(at);
    }
    return { characters, begins, ends };
  }

  const isMark = (character) => MARKS.includes(character);

  /** Takes a query apart into words, each a list of characters without marks around them. */
  function wordsOf(query) {
    const words = query.slice(0, LONGEST_QUERY).split(/\s+/).slice(0, MOST_WORDS).map((word) => {
      const characters = streamOf(word).characters;
      while (characters.length > 0 && isMark(characters[0])) characters.shift();
      while (characters.length > 0 && isMark(characters[characters.length - 1])) characters.pop();
      return characters;
    });
    return words.filter((word) => word.length > 0);
  }

  // --- Loading.

  const loads = new Map();
  const waiting = new Map();

  window.gongkaiSearch = (name, tag, data) => {
    const done = waiting.get(name);
    waiting.delete(name);
    if (done) done({ tag, data });
  };

  /** Loads a file of the index once. */
  function load(name, version) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        // What failed is loaded anew when it is wanted again.
        const fail = () => {
          script.remove();
          loads.delete(name);
          waiting.delete(name);
          reject(new Error(name));
        };
        waiting.set(name, resolve);
        script.onload = () => {
          script.remove();
          if (waiting.has(name)) fail();
        };
        script.onerror = fail;
        script.src = `${form.dataset.index}${name}.js${version ? `?${version}` : ''}`;
        document.head.append(script);
      }));
    }
    return loads.get(name);
  }

  /** A file that is of another build than the index: the browser kept one of them. */
  class Stale extends Error {}

  async function part(index, name) {
    const { tag, data } = await load(name, index.tag);
    if (tag !== index.tag) throw new Stale(tag);
    return data;
  }

  // --- The index.

  function numbers(written) {
    const list = [];
    let value = 0;
    let factor = 1;
    for (let at = 0; at < written.length; at += 1) {
      const code = written.charCodeAt(at);
      const digit = code < 92 ? code - 35 : code - 36;
      value += digit * factor;
      factor *= 45;
      if (digit < 46) {
        list.push(value);
        value = 0;
        factor = 1;
      }
    }
    return list;
  }

  /** Reads the index: where each document begins, and which entry it belongs to. */
  async function readIndex(version) {
    const { tag, data } = await load('index', version);
    const headings = numbers(data.headings);
    const documents = numbers(data.documents);
    const lengths = numbers(data.lengths);
    const starts = [];
    const entries = [];
    const ordinals = [];
    let start = 0;
    const push = (entry, ordinal, length) => {
      starts.push(start);
      entries.push(entry);
      ordinals.push(ordinal);
      start += length;
    };
    headings.forEach((length, entry) => { if (length > 0) push(entry, -1, length); });
    let next = 0;
    documents.forEach((count, entry) => {
      for (let ordinal = 0; ordinal < count; ordinal += 1) push(entry, ordinal, lengths[next++]);
    });
    const notices = [];
    data.notices.forEach((notice, position) => { for (let n = notice[2]; n > 0; n -= 1) notices.push(position); });
    return { tag, data, starts, entries, ordinals, noticeOf: (entry) => data.notices[notices[entry]] };
  }

  const spread = (character, over) => (Math.imul(character.codePointAt(0), 0x9e3779b1) >>> 16) % over;

  function filesOf(index, first, second) {
    const { n_files: files, ways } = index.data;
    const group = spread(first, files / ways) * ways;
    if (second !== undefined) return [group + spread(second, ways)];
    return Array.from({ length: ways }, (_, way) => group + way);
  }

  /** Chooses the pairs that together hold every character of a word. A single one is sought in all pairs that it begins. */
  function piecesOf(word) {
    const pieces = [];
    for (let at = 0; at < word.length; at += 1) {
      const isLast = at === word.length - 1;
      if (isMark(word[at])) continue;
      if (!isLast) {
        pieces.push({ offset: at, first: word[at], second: word[at + 1] });
        at += 1;
      } else if (at > 0 && !isMark(word[at - 1])) {
        pieces.push({ offset: at - 1, first: word[at - 1], second: word[at] });
      } else {
        pieces.push({ offset: at, first: word[at] });
      }
    }
    return pieces;
  }

  /** Reads where a piece stands, in order. */
  async function placesOf(index, piece) {
    const files = await Promise.all(filesOf(index, piece.first, piece.second).map((n) => part(index, `pairs-${n}`)));
    const lists = [];
    for (const file of files) {
      const pairs = piece.second === undefined
        ? Object.keys(file).filter((pair) => pair.startsWith(piece.first))
        : [piece.first + piece.second].filter((pair) => Object.prototype.hasOwnProperty.call(file, pair));
      for (const pair of pairs) {
        let at = -1;
        lists.push(numbers(file[pair]).map((distance) => { at += distance + 1; return at - piece.offset; }));
      }
    }
    return lists.length === 1 ? lists[0] : [].concat(...lists).sort((one, other) => one - other);
  }

  /** Keeps what both ordered lists have. */
  function common(one, other) {
    const both = [];
    for (let a = 0, b = 0; a < one.length && b < other.length;) {
      if (one[a] === other[b]) both.push(one[a]);
      if (one[a] < other[b]) a += 1;
      else b += 1;
    }
    return both;
  }

  /** Returns the documents that have a word, by rank. */
  async function documentsWith(index, word) {
    const lists = await Promise.all(piecesOf(word).map((piece) => placesOf(index, piece)));
    const places = lists.sort((one, other) => one.length - other.length).reduce(common);
    const found = [];
    let document = 0;
    for (const at of places) {
      while (document + 1 < index.starts.length && index.starts[document + 1] <= at) document += 1;
      if (found[found.length - 1] !== document) found.push(document);
    }
    return found;
  }

  /** Returns the documents that have all words, in the notice and with the status that are asked for. */
  async function find(index, words, asked) {
    const lists = await Promise.all(words.map((word) => documentsWith(index, word)));
    const isAsked = (document) => {
      const entry = index.entries[document];
      const notice = index.noticeOf(entry);
      if (asked.notice && !(notice && notice[0] === asked.notice)) return false;
      return !asked.status || STATUSES[Number(index.data.statuses[entry] || 0)] === asked.status;
    };
    return lists.reduce(common).filter(isAsked);
  }

  // --- What is shown. All of it is set as text, never as HTML.

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** Lists from where to where words stand in a text, those that touch joined. */
  function occurrences(text, words) {
    const { characters, begins, ends } = streamOf(text);
    const found = [];
    for (const word of words) {
      for (let at = 0; at + word.length <= characters.length; at += 1) {
        if (word.every((character, n) => characters[at + n] === character)) {
          found.push([begins[at], ends[at + word.length - 1], word]);
        }
      }
    }
    return found.sort((one, other) => one[0] - other[0]);
  }

  const hasAll = (found, words) => words.every((word) => found.some((one) => one[2] === word));

  function joined(ranges) {
    const list = [];
    for (const [from, to] of ranges) {
      const last = list[list.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else list.push([from, to]);
    }
    return list;
  }

  /** Says that an element has Chinese words, where the page is in another language. */
  function withLanguage(target, text) {
    if (!isChinesePage && /\p{Script=Han}/u.test(text)) target.lang = 'zh-CN';
    return target;
  }

  /** Adds a stretch of a text to an element, with marks around the words. */
  function addMarked(target, text, from, to, found) {
    withLanguage(target, text);
    let at = from;
    for (const [begin, end] of joined(found)) {
      if (end <= from || begin >= to) continue;
      target.append(text.slice(at, Math.max(begin, from)), element('mark', text.slice(Math.max(begin, from), Math.min(end, to))));
      at = Math.min(end, to);
    }
    target.append(text.slice(at, to));
  }

  /** Does not cut a character in two. */
  function boundary(text, at) {
    const code = text.charCodeAt(at);
    return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
  }

  /** Shows a text around the first place of each word. */
  function snippet(text, words, found) {
    const shown = element('p', '', 'snippet');
    const firsts = words.map((word) => found.find((one) => one[2] === word)).filter(Boolean);
    const around = firsts.sort((one, other) => one[0] - other[0]).map(([from, to]) => [
      boundary(text, Math.max(0, from - BEFORE)),
      boundary(text, Math.min(text.length, to + BEHIND)),
    ]);
    let last = 0;
    for (const [from, to] of joined(around)) {
      if (from > last) shown.append('…');
      addMarked(shown, text, from, to, found);
      last = to;
    }
    if (last < text.length) shown.append('…');
    return shown;
  }

  function statusName(id) {
    if (!id) return '';
    const option = form.elements.status && Array.from(form.elements.status.options).find((one) => one.value === id);
    return option ? option.textContent : '';
  }

  /** Returns what tells a hit from others in the same section: the figure, or the sentence that its place begins with. */
  function partOf(printed, label, isPlace, title, found) {
    if (label !== undefined) return label;
    // What has neither a place of its own nor a heading is known by the line that the words stand in.
    if (!isPlace && title) return '';
    const begin = isPlace ? 0 : printed.lastIndexOf('\n', found[0][0]) + 1;
    const [sentence] = printed.slice(begin).match(/^[^\n。]*。?/);
    const characters = Array.from(sentence);
    return characters.length > LONGEST_PART ? `${characters.slice(0, LONGEST_PART).join('')}…` : sentence;
  }

  /** Shows a hit; nothing if its text does not have the words after all. */
  function hitOf(index, hit, entryData, words) {
    const [path, anchor, title, documents] = entryData;
    const ordinal = index.ordinals[hit];
    const entry = index.entries[hit];
    const [ownAnchor, printed, label] = ordinal < 0 ? [anchor, title] : documents[ordinal];
    const text = label === undefined ? printed : `${label} ${printed}`;
    const found = occurrences(text, words);
    if (!hasAll(found, words)) return null;

    const item = element('li');
    const link = element('a');
    link.href = form.dataset.root + path + (ownAnchor || anchor);
    const heading = title || (path === 'contact.html' ? form.dataset.contact : form.dataset.closing);
    addMarked(link, heading, 0, heading.length, occurrences(heading, words));
    const part = ordinal < 0 ? '' : partOf(printed, label, ownAnchor !== '', title, found);
    if (part) {
      const shown = element('span', label === undefined ? '' : form.dataset.figure, 'part');
      if (!isChinesePage) shown.lang = document.documentElement.lang;
      const printedPart = element('span');
      addMarked(printedPart, part, 0, part.length, occurrences(part, words));
      shown.append(printedPart);
      link.append(' ', shown);
    }
    item.append(link);
    if (ordinal >= 0) item.append(snippet(text, words, found));
    const notice = index.noticeOf(entry);
    const about = [notice && notice[1] !== title ? notice[1] : '', statusName(STATUSES[Number(index.data.statuses[entry] || 0)])];
    const shownAbout = about.filter(Boolean).map((text) => withLanguage(element('span', text), text));
    if (shownAbout.length > 0) {
      const meta = element('p', '', 'meta');
      meta.append(...shownAbout.flatMap((one, n) => (n > 0 ? [' · ', one] : [one])));
      item.append(meta);
    }
    return item;
  }

  /** Loads the texts of the next hits and shows them; returns the first of them. */
  async function show(index, hits, from, words) {
    const wanted = hits.slice(from, from + STEP);
    const size = index.data.per_file;
    const fileOf = (hit) => `texts-${Math.floor(index.entries[hit] / size)}`;
    const files = await Promise.all(wanted.map((hit) => part(index, fileOf(hit))));
    const items = wanted.map((hit, n) => hitOf(index, hit, files[n][index.entries[hit] % size], words)).filter(Boolean);
    place('hits').append(...items);
    place('hits').hidden = false;
    const rest = hits.length - from - wanted.length;
    const more = place('more');
    more.hidden = rest <= 0;
    more.textContent = moreText.replace('{n}', Math.min(rest, STEP));
    // Not disabled meanwhile, which would take the focus away.
    let isBusy = false;
    more.onclick = async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        const first = await show(index, hits, from + STEP, words);
        tellCount(hits);
        if (first) first.querySelector('a').focus();
      } catch (error) {
        tellFailed();
      }
      isBusy = false;
    };
    return items[0];
  }

  function tellCount(hits) {
    place('found').textContent = form.dataset.found.replace('{n}', hits.length);
  }

  function tellFailed() {
    place('found').textContent = form.dataset.failed;
    place('browse').hidden = false;
  }

  /** Says what else can be done where nothing was found; only what was asked for can be left out. */
  function tellNone(asked) {
    place('found').textContent = form.dataset.none;
    place('none').hidden = false;
    place('browse').hidden = false;
    place('wider').hidden = !asked.notice && !asked.status;
    place('wider').firstChild.href = `?${new URLSearchParams({ q: asked.q })}`;
  }

  /** Leads to the answer whoever has just asked, unless something else is being done meanwhile. */
  function leadToAnswer() {
    const [{ type } = {}] = performance.getEntriesByType('navigation');
    if (type !== 'navigate' || document.activeElement !== document.body) return;
    place('found').focus({ preventScroll: true });
    place('found').scrollIntoView();
  }

  const hasMarksInARow = (word) => word.some((character, at) => at > 0 && isMark(character) && isMark(word[at - 1]));

  /** Keeps the hits whose texts have the words: no pair of the index holds the second of two marks in a row. */
  async function confirmed(index, hits, words) {
    const size = index.data.per_file;
    const files = await Promise.all(hits.map((hit) => part(index, `texts-${Math.floor(index.entries[hit] / size)}`)));
    return hits.filter((hit, n) => hitOf(index, hit, files[n][index.entries[hit] % size], words));
  }

  async function search(asked, version) {
    const words = wordsOf(asked.q);
    const index = await readIndex(version);
    let hits = words.length > 0 ? await find(index, words, asked) : [];
    if (words.some(hasMarksInARow)) hits = await confirmed(index, hits, words);
    if (hits.length === 0) {
      tellNone(asked);
      return;
    }
    await show(index, hits, 0, words);
    tellCount(hits);
  }

  async function start(asked) {
    place('found').textContent = form.dataset.busy;
    try {
      await search(asked).catch((error) => {
        if (!(error instanceof Stale)) throw error;
        loads.clear();
        return search(asked, error.message);
      });
    } catch (error) {
      tellFailed();
    }
    leadToAnswer();
  }

  /** Sets the fields to what the address asks for, and returns it. */
  function fillIn() {
    const parameters = new URLSearchParams(location.search);
    const asked = { q: '', notice: '', status: '' };
    for (const name of Object.keys(asked)) {
      const field = form.elements[name];
      if (!field) continue;
      field.value = parameters.get(name) || '';
      // A value that the list does not have asks for nothing.
      if (field.selectedIndex === -1) field.value = '';
      asked[name] = field.value;
    }
    return asked;
  }

  form.hidden = false;
  place('browse').hidden = true;
  place('scriptless').hidden = true;
  const asked = fillIn();
  // A page that comes back as it was left shows what was chosen last, not what its results are for.
  window.addEventListener('pageshow', (event) => { if (event.persisted) fillIn(); });
  form.addEventListener('submit', (event) => {
    // Set by hand, so that what was left empty does not stand in the address, and no policy about forms can be in the way.
    event.preventDefault();
    const filled = Array.from(new FormData(form)).filter(([, value]) => value.trim() !== '');
    if (filled.some(([name]) => name === 'q')) {
      location.href = `?${new URLSearchParams(filled)}`;
      return;
    }
    place('found').textContent = form.dataset.empty;
    form.elements.q.focus();
  });
  if (asked.q.trim() !== '') {
    document.title = `${asked.q} - ${document.title}`;
    start(asked);
  }
})();
