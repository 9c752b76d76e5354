import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/app/shell/actions.ts';
import { keyOf } from '../../src/app/shell/keys.ts';

const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

describe('a key', () => {
  it.each([
    ['R of a Latin layout', { key: 'r', code: 'KeyR' }, 'r'],
    ['R with Caps Lock', { key: 'R', code: 'KeyR' }, 'r'],
    ['R of a Russian layout', { key: 'к', code: 'KeyR' }, 'r'],
    ['R of a Greek layout', { key: 'ρ', code: 'KeyR' }, 'r'],
    ['Z of a German layout, where another has Y', { key: 'z', code: 'KeyY', ctrlKey: true }, 'mod+z'],
    ['Z of a Russian layout with Ctrl', { key: 'я', code: 'KeyZ', ctrlKey: true }, 'mod+z'],
    ['the same with Shift', { key: 'Я', code: 'KeyZ', ctrlKey: true, shiftKey: true }, 'mod+shift+z'],
    ['a question mark, for which Shift is held', { key: '?', code: 'Slash', shiftKey: true }, '?'],
    ['a full stop, for which a French layout wants Shift', { key: '.', code: 'Comma', shiftKey: true }, '.'],
    ['space', { key: ' ', code: 'Space' }, ' '],
    ['Esc', { key: 'Escape', code: 'Escape' }, 'escape'],
  ])('%s', (_, event, name) => {
    expect(keyOf({ ...NONE, ...event })).toBe(name);
    expect(Object.values(ACTIONS).filter(({ key }) => key === name)).toHaveLength(1);
  });

  it.each([
    ['a capital is typed, no key of ours', { key: 'R', code: 'KeyR', shiftKey: true }],
    ['so is one of a Russian layout', { key: 'К', code: 'KeyR', shiftKey: true }],
    ['with Alt it is the browser’s', { key: 'd', code: 'KeyD', altKey: true }],
  ])('%s', (_, event) => expect(keyOf({ ...NONE, ...event })).toBe(''));
});
