/** A QR code for the terminal. */
import encodeQR from 'qr';

const WHITE_ON_BLACK = '\x1b[97;40m';
const PLAIN = '\x1b[0m';
/** By what is light: nothing, the upper half, the lower half, both. */
const HALVES = [' ', '▀', '▄', '█'];

/**
 * Lines of half blocks, two rows of the code a line; `coloured` where the terminal's own colours might be the
 * other way round.
 */
export function qrLines(text: string, coloured: boolean): string[] {
  const dark = encodeQR(text, 'raw', { border: 4 });
  return Array.from({ length: Math.ceil(dark.length / 2) }, (_, k) => {
    const [upper, lower] = [dark[2 * k], dark[2 * k + 1] ?? dark[2 * k].map(() => false)];
    const line = upper.map((isDark, x) => HALVES[Number(!isDark) + 2 * Number(!lower[x])]).join('');
    return coloured ? WHITE_ON_BLACK + line + PLAIN : line;
  });
}
