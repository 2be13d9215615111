// Makes the page that is open like a fresh one by the smallest change, so that what did not change is not touched:
// focus, selection, half-filled forms, what is folded out.
//
// Start at `patch`. The living tree and the fresh one are walked together; equal nodes are left alone, and so are equal
// children at both ends; the others find a partner by id, by content, or by standing at the same place (`pair`).
// A style sheet is not changed in place but followed by its successor. Nothing here knows what a page is about.
const gongkaiPatch = (() => {
  'use strict';

  const SCRIPT = 'script[src="/__gongkai/preview.js"]';
  const OWN = `${SCRIPT}, gongkai-preview`;
  // What a theme's script added, if it keeps to what docs/themes.md asks of scripts that are marked `data-keeps-page`.
  const ADDED = '[data-by-script]';
  const STYLES = 'link[rel~="stylesheet"]';
  const NEAR = 50; // siblings among which a partner is looked for, so that no page makes it quadratic

  /** Makes a living node like a fresh one by the smallest change; adds the elements with a visible change to a set. */
  function patch(living, fresh, changed) {
    // A parsed page holds elements in <noscript> where the living one holds text; neither is shown.
    if (living.isEqualNode(fresh) || living.localName === 'noscript') return;
    if (living.nodeType !== Node.ELEMENT_NODE) patchText(living, fresh.data, changed);
    else if (living.matches(STYLES)) replaceStyle(living, document.importNode(fresh));
    else {
      patchAttributes(living, fresh);
      patchChildren(living, fresh, changed);
    }
  }

  /** Replaces only the part that differs, so that a selection elsewhere in the text survives. */
  function patchText(living, text, changed) {
    const old = living.data;
    const shorter = Math.min(old.length, text.length);
    let start = 0;
    while (start < shorter && old[start] === text[start]) start += 1;
    let end = 0;
    while (end < shorter - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    living.replaceData(start, old.length - start - end, text.slice(start, text.length - end));
    if (living.nodeType === Node.TEXT_NODE && (old.trim() || text.trim())) changed.add(living.parentElement);
  }

  function patchAttributes(living, fresh) {
    // Whether something is folded out is the reader's affair.
    const isTheirs = ({ name }) => name === 'open' && living.matches('details');
    const isOfScript = ({ name }) =>
      name.startsWith(living === document.documentElement ? 'data-' : 'data-by-script-');
    for (const attribute of [...living.attributes]) {
      if (fresh.hasAttribute(attribute.name) || isTheirs(attribute) || isOfScript(attribute)) continue;
      living.removeAttributeNode(attribute);
    }
    for (const attribute of fresh.attributes) {
      if (living.getAttribute(attribute.name) !== attribute.value && !isTheirs(attribute)) {
        living.setAttributeNode(attribute.cloneNode());
      }
    }
  }

  function patchChildren(living, fresh, changed) {
    const { old, now, end } = differingChildren(living, fresh);
    const partners = pair(old, now);
    const kept = new Set(partners.values());
    for (const node of old) {
      if (kept.has(node)) continue;
      node.remove();
      if (node.nodeType === Node.TEXT_NODE && node.data.trim()) changed.add(living);
    }
    let next = old.find((node) => kept.has(node)) || end;
    for (const node of now) {
      const partner = partners.get(node);
      const placed = partner || document.importNode(node, true);
      if (placed === next) next = nextOf(next);
      else living.insertBefore(placed, next);
      if (partner) patch(partner, node, changed);
      else changed.add(placed.nodeType === Node.ELEMENT_NODE ? placed : living);
    }
  }

  /** Returns the children without those that are equal at both ends, and the living one that follows them. */
  function differingChildren(living, fresh) {
    let old = childrenOf(living);
    let now = childrenOf(fresh);
    const shorter = Math.min(old.length, now.length);
    let start = 0;
    while (start < shorter && old[start].isEqualNode(now[start])) start += 1;
    old = old.slice(start);
    now = now.slice(start);
    let end = null;
    while (old.length > 0 && now.length > 0 && old[old.length - 1].isEqualNode(now[now.length - 1])) {
      end = old.pop();
      now.pop();
    }
    return { old, now, end };
  }

  // A style sheet that waits for its successor is on its way out, and no longer part of the page.
  const leaving = new WeakSet();
  const isOfPage = (node) => !leaving.has(node) && !node.matches?.(`${OWN}, ${ADDED}`);
  const childrenOf = (node) => [...node.childNodes].filter(isOfPage);

  function nextOf(node) {
    let next = node.nextSibling;
    while (next && !isOfPage(next)) next = next.nextSibling;
    return next;
  }

  /** Finds the living node for each fresh one: of the same id or content, else alike and between the same neighbors. */
  function pair(old, now) {
    const sames = new Map();
    for (let place = old.length - 1; place >= 0; place -= 1) {
      const key = keyOf(old[place]);
      if (key === null) continue;
      if (!sames.has(key)) sames.set(key, []);
      sames.get(key).push(place);
    }
    const places = now.map((node) => (sames.get(keyOf(node)) || []).pop());
    const taken = new Set(places);
    const partners = new Map();
    let place = 0;
    for (const [index, node] of now.entries()) {
      const found = places[index] === undefined ? findAlike(old, place, taken, node) : places[index];
      if (found === undefined) continue;
      partners.set(node, old[found]);
      taken.add(found);
      place = found + 1;
    }
    return partners;
  }

  /** Returns the place of a living node that may become a fresh one, before the next that is taken. */
  function findAlike(old, from, taken, node) {
    for (let place = from; place < Math.min(old.length, from + NEAR) && !taken.has(place); place += 1) {
      const other = old[place];
      if (other.nodeName === node.nodeName && other.id === node.id && other.rel === node.rel) return place;
    }
    return undefined;
  }

  /** Returns what a node is known by; null for white space, which is everywhere the same. */
  function keyOf(node) {
    if (node.id) return `${node.nodeName} ${node.id}`;
    return node.nodeType === Node.ELEMENT_NODE ? node.outerHTML : node.data.trim() || null;
  }

  // Style sheets

  /** Follows style sheets to their new addresses, given as `{old: new}` from the root of the site. */
  function replaceStyles(addresses) {
    for (const link of document.querySelectorAll(STYLES)) {
      const old = decodeURI(new URL(link.href).pathname).slice(1);
      if (leaving.has(link) || !addresses[old]) continue;
      const successor = link.cloneNode();
      successor.setAttribute('href', link.getAttribute('href').replace(encodeURI(old), encodeURI(addresses[old])));
      replaceStyle(link, successor);
    }
  }

  /** Keeps the old style sheet until the new one is there, so that the page is never bare. */
  function replaceStyle(link, successor) {
    leaving.add(link);
    successor.onload = successor.onerror = () => link.remove();
    link.after(successor);
  }

  return { SCRIPT, OWN, patch, replaceStyles };
})();
