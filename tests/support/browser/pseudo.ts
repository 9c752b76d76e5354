/** A language in which every sentence is itself in brackets: what stands outside of them never asked a catalogue. */
import type { Page } from 'puppeteer';

const OPEN = '⟦';
const CLOSE = '⟧';
const CATALOGUE = `export default new Proxy({}, { get: (_, sentence) => '${OPEN}' + String(sentence) + '${CLOSE}' });`;

/** Parts that are names, numbers, formulas or another language's. */
const THEIRS = '[lang=en], [translate=no], script, style, math, noscript, kbd';

/** To be done before the page is loaded with ?lang=de. */
export async function speakPseudo(page: Page): Promise<void> {
  await page.setBypassServiceWorker(true); // it has the real one
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isCatalogue = /\/assets\/de-[^/]*\.js$/.test(request.url());
    void (isCatalogue
      ? request.respond({ contentType: 'text/javascript', body: CATALOGUE })
      : request.continue());
  });
}

/** Texts that a person sees or hears, with the brackets' contents taken out; those that have a word left. */
export async function unspoken(page: Page, part = 'html'): Promise<string[]> {
  const texts = await page.$eval(
    part,
    (root, theirs) => {
      const found: string[] = [];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (!node.parentElement!.closest(theirs)) found.push(node.nodeValue!);
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'label'])
        for (const element of root.querySelectorAll(`[${name}]`))
          if (!element.closest(theirs)) found.push(element.getAttribute(name)!);
      return found;
    },
    THEIRS,
  );
  return [...new Set(texts.map(outside).filter((text) => /\p{L}{2}/u.test(text)))].sort();
}

/** What is left of a text outside of its brackets, which may be in one another. */
function outside(text: string): string {
  let depth = 0;
  let left = '';
  for (const letter of text) {
    if (letter === OPEN) depth++;
    else if (letter === CLOSE) depth--;
    else if (depth === 0) left += letter;
  }
  return left.replace(/\s+/g, ' ').trim();
}
