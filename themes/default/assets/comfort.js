// What readers choose for themselves: type size, contrast, line spacing; and a voice that reads the page aloud.
//
// Runs in <head>, so that a page is painted as its reader likes it and never jumps. Start at the end: `recall` and
// `apply` set attributes on <html>, which the style sheet answers; `build` adds the toolbar when the page is there.
// Nothing else of the page is changed, so the preview may patch it under our hands: elements of ours are marked
// `data-by-script`, attributes of ours outside <html> begin with those words.
(() => {
  'use strict';

  const KEY = 'gongkai-comfort';
  const CHOICES = [['size', 'large'], ['size', 'larger'], ['contrast', 'white'], ['contrast', 'black'], ['spacing', 'wide']];
  const root = document.documentElement;
  let chosen = {};

  // What was chosen

  /** Reads what was chosen on an earlier page; a browser may refuse to keep it, and others may have written there. */
  function recall() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(KEY));
    } catch {
      return;
    }
    chosen = {};
    for (const [name, value] of CHOICES) if (kept && kept[name] === value) chosen[name] = value;
  }

  function remember() {
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // Then it holds for this page only.
    }
  }

  function apply() {
    // Tells the style sheet that there will be a toolbar, so that it keeps the place free.
    root.setAttribute('data-comfort', '');
    for (const [name] of CHOICES) {
      if (chosen[name]) root.setAttribute(`data-${name}`, chosen[name]);
      else root.removeAttribute(`data-${name}`);
    }
    for (const { name, value, element } of toggles) element.setAttribute('aria-pressed', `${chosen[name] === value}`);
  }

  function choose(name, value) {
    chosen[name] = chosen[name] === value ? undefined : value;
    remember();
    apply();
  }

  function reset() {
    stop();
    chosen = {};
    remember();
    apply();
    tell(words.done);
  }

  // The toolbar

  const toggles = [];
  let words, says, reader, stopper;

  function build() {
    const place = document.querySelector('.comfort');
    if (!place) return;
    words = place.dataset;
    const groups = ['size', 'contrast', 'spacing'].map((name) => {
      const values = CHOICES.filter(([of]) => of === name).map(([, value]) => value);
      const toggles = values.map((value) => makeToggle(name, value));
      // The group has its name from the attribute; what the eye reads would be said twice.
      return make('div', { role: 'group', 'aria-label': words[name] }, make('span', { 'aria-hidden': 'true' }, words[name]), ...toggles);
    });
    const panel = make('div', { id: 'comfort-choices', class: 'choices' }, ...groups, makeButton(words.print, () => print()), makeButton(words.reset, reset));
    const menu = makeButton(words.menu, () => {
      menu.setAttribute('aria-expanded', `${menu.getAttribute('aria-expanded') === 'false'}`);
    });
    menu.setAttribute('aria-expanded', 'false');
    menu.setAttribute('aria-controls', panel.id);
    // Told politely, and shown: not everyone who reads on a phone uses a screen reader.
    says = make('p', { role: 'status' });
    // On wide windows the name stands there instead of the button that unfolds the panel.
    const name = make('b', {}, words.menu);
    place.append(
      make('section', { class: 'frame', 'aria-label': words.title, 'data-by-script': '' }, name, ...makeVoice(), menu, panel, says),
    );
    apply();
  }

  function makeToggle(name, value) {
    const element = makeButton(words[value], () => choose(name, value));
    toggles.push({ name, value, element });
    return element;
  }

  function makeButton(text, act) {
    const button = make('button', { type: 'button' }, text);
    button.addEventListener('click', () => {
      tell('');
      act();
    });
    return button;
  }

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  }

  function tell(text) {
    says.textContent = text;
  }

  // Reading aloud, sentence by sentence: some browsers fall silent in the middle of a long paragraph, and others cannot
  // pause, so a pause is a stop that remembers the sentence.

  const BLOCKS = 'p, li, dt, dd, th, td, caption, pre, h1, h2, h3, h4, h5, h6, main, section, article, div, body';
  const SILENT = 'nav, form, svg, [aria-hidden="true"]';
  const PATIENCE = 8000; // ms in which a voice begins to speak, if there is one
  const READING = 'data-by-script-reading';
  const synthesis = window.speechSynthesis;
  let queue = [];
  let at = 0;
  let spoken = null; // The utterance that is spoken now; those given up may still send their events.
  let waiting;

  function makeVoice() {
    if (!synthesis || !window.SpeechSynthesisUtterance) return [];
    reader = makeButton(words.read, () => (spoken ? pause() : resume()));
    stopper = makeButton(words.stop, () => {
      stop();
      reader.focus();
    });
    stopper.hidden = true;
    window.addEventListener('pagehide', stop);
    return [make('div', { class: 'voice' }, reader, stopper)];
  }

  function resume() {
    if (queue.length === 0) {
      queue = gather();
      at = 0;
    }
    speak();
  }

  function pause() {
    hush();
    show('paused');
  }

  function stop() {
    if (!reader) return;
    hush();
    queue = [];
    mark(null);
    show(null);
  }

  function hush() {
    clearTimeout(waiting);
    spoken = null;
    synthesis.cancel();
  }

  /** Returns the sentences of the main text that are shown, each with the block that it stands in. */
  function gather() {
    const pieces = [];
    const texts = document.createTreeWalker(document.querySelector('main') || document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      const block = parentElement.closest(BLOCKS);
      if (parentElement.closest(SILENT) || !isShown(block)) continue;
      const last = pieces[pieces.length - 1];
      if (last && last.block === block) last.text += data;
      else pieces.push({ block, text: data });
    }
    return pieces.flatMap(({ block, text }) => sentencesOf(text).map((sentence) => ({ block, sentence })));
  }

  function isShown(block) {
    return block.checkVisibility ? block.checkVisibility() : block.getClientRects().length > 0;
  }

  function sentencesOf(text) {
    // Without looking behind, which older browsers cannot.
    const lines = text.replace(/\s+/g, ' ').replace(/([.!?]) /g, '$1\n');
    const sentences = lines.match(/[^。！？；\n]+[。！？；]*[”’）》]*/g) || [];
    return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  }

  function speak() {
    // The preview may have taken blocks away.
    while (at < queue.length && !queue[at].block.isConnected) at += 1;
    if (at >= queue.length) {
      stop();
      return;
    }
    const { block, sentence } = queue[at];
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.lang = /\p{Script=Han}/u.test(sentence) ? 'zh-CN' : root.lang;
    utterance.voice = voiceFor(utterance.lang);
    utterance.rate = 0.9;
    const isCurrent = () => utterance === spoken;
    utterance.onstart = () => isCurrent() && clearTimeout(waiting);
    utterance.onend = () => {
      if (!isCurrent()) return;
      at += 1;
      speak();
    };
    utterance.onerror = () => isCurrent() && giveUp();
    clearTimeout(waiting);
    // Some voices do not tell that they began.
    waiting = setTimeout(() => synthesis.speaking || giveUp(), PATIENCE);
    spoken = utterance;
    mark(block);
    show('playing');
    synthesis.speak(utterance);
  }

  /** Prefers a voice of this device: it needs no network. Without one the browser chooses by the language. */
  function voiceFor(language) {
    const isFit = ({ lang }) => lang.replace('_', '-').toLowerCase().startsWith(language.toLowerCase());
    const voices = synthesis.getVoices().filter(isFit);
    return voices.find((voice) => voice.localService) || voices[0] || null;
  }

  function giveUp() {
    stop();
    tell(words.mute);
  }

  function mark(block) {
    const old = document.querySelector(`[${READING}]`);
    if (old === block) return;
    if (old) old.removeAttribute(READING);
    if (!block) return;
    block.setAttribute(READING, '');
    block.scrollIntoView({ block: 'nearest' });
  }

  /** Shows how far the reading is: `playing`, `paused` or null. */
  function show(state) {
    if (state) root.setAttribute('data-reading', state);
    else root.removeAttribute('data-reading');
    reader.textContent = { playing: words.pause, paused: words.resume }[state] || words.read;
    stopper.hidden = !state;
  }

  // Other tabs, and pages that the way back brings up again, follow what was chosen meanwhile.
  function refresh() {
    recall();
    apply();
  }
  window.addEventListener('storage', refresh);
  window.addEventListener('pageshow', ({ persisted }) => persisted && refresh());
  document.addEventListener('DOMContentLoaded', build);
  refresh();
})();
