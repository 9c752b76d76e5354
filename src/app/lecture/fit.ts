/** Formulas in a column of any width. */

/** Type smaller than this share of its size is no longer read with ease: from there on the formula scrolls. */
const LEAST = 0.7;

/** Sets `host` in type so small that its widest line fits its width, and again whenever that changes. */
export function fitWidth(host: HTMLElement): void {
  let width = NaN;
  const observer = new ResizeObserver(() => {
    if (!host.isConnected) return observer.disconnect();
    if (host.clientWidth === width) return; // smaller type has made it lower
    width = host.clientWidth;
    requestAnimationFrame(() => fit(host));
  });
  observer.observe(host);
  void document.fonts.ready.then(() => host.isConnected && fit(host)); // another type has another width
}

function fit(host: HTMLElement): void {
  host.style.fontSize = '';
  const { fontSize, paddingLeft, paddingRight } = getComputedStyle(host);
  const padding = parseFloat(paddingLeft) + parseFloat(paddingRight);
  const share = (host.clientWidth - padding) / (host.scrollWidth - padding);
  if (share < 1) host.style.fontSize = `${Math.max(LEAST, share) * parseFloat(fontSize)}px`;
}
