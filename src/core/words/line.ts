/** Text from elsewhere within a line of ours: what breaks a line, moves a terminal's cursor or turns text around is spelled out. */
const HIDDEN = /\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export const visible = (text: string): string =>
  text.replace(HIDDEN, (mark) => ESCAPES[mark] ?? `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
