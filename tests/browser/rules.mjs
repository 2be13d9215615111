// What must hold on every page, whatever it is about: language, headings, labels, tap targets, width.

/** Returns what is wrong with the page that is open, as sentences. */
export async function faultsOf(page) {
  return page.evaluate(() => {
    const faults = [];
    const name = (element) =>
      `<${element.tagName.toLowerCase()}> ${(element.textContent.trim() || element.id || element.name || '').slice(0, 30)}`;

    if (!document.documentElement.lang) faults.push('<html> has no lang');
    if (!document.title) faults.push('there is no title');
    const isSearch = document.body.matches('.page-search');
    const scripts = [...document.querySelectorAll('script:not([type="application/ld+json"])')];
    if (scripts.some(({ src }) => !(isSearch && src.includes('/assets/search.')))) faults.push('there is a script');

    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
    const first = headings.filter((heading) => heading.tagName === 'H1').length;
    if (first !== 1) faults.push(`there are ${first} h1`);
    // Headings before the first h1 (there are none in the default theme) would start below level 0 and be reported.
    let level = 0;
    for (const heading of headings) {
      const next = Number(heading.tagName[1]);
      if (next > level + 1) faults.push(`${name(heading)} comes right after level ${level}`);
      level = next;
    }

    for (const control of document.querySelectorAll('input:not([type=hidden]), select, textarea, button')) {
      const label = control.tagName === 'BUTTON' ? control.textContent : [...control.labels].map((l) => l.textContent).join();
      if (!label.trim()) faults.push(`${name(control)} has no label`);
    }
    for (const image of document.querySelectorAll('img:not([alt])')) faults.push(`${image.src} has no alt`);

    for (const target of document.querySelectorAll('nav a, header a, footer a, button, select, input:not([type=hidden])')) {
      for (const { width, height } of target.getClientRects()) {
        if (width < 24 || height < 24) faults.push(`${name(target)} is ${width} × ${height} px, too small to tap`);
      }
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) faults.push(`#${id} is there twice`);
    return faults;
  });
}

/** Returns what sticks out of a window that is `width` px wide. */
export async function overflowAt(page, width, height) {
  await page.setViewportSize({ width, height });
  return page.evaluate((width) => {
    const root = document.documentElement;
    return root.scrollWidth > width ? [`at ${width} px the page is ${root.scrollWidth} px wide`] : [];
  }, width);
}
