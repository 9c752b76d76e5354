/** What a link says that cannot be used. */
export const links = {
  'write three of: a component of θ by its number, from 0 on, u1 … u{most} for a direction on which the target depends, p1 … p{count} @ a step for a principal direction, such as p1@200, or none, with commas between them':
    'drei davon schreiben: eine Komponente von θ mit ihrer Nummer, ab 0, u1 … u{most} für eine Richtung, von der das Ziel abhängt, p1 … p{count} @ einen Schritt für eine Hauptrichtung, etwa p1@200, oder none, mit Kommas dazwischen',
  'axes = "{text}": {how}': 'axes = "{text}": {how}',
  '"{text}" is no axis: {how}': '"{text}" ist keine Achse: {how}',
  'it has {count} characters, the limit is {most}': 'er hat {count} Zeichen, die Grenze ist {most}',
  'its data were too long for an address, drop the saved CONFIG.json on the page instead':
    'seine Daten waren für eine Adresse zu lang, stattdessen die gespeicherte CONFIG.json auf der Seite ablegen',
  'it has {count} parts, the limit is {most}': 'er hat {count} Teile, die Grenze ist {most}',
  'The link could not be used: {why}.': 'Der Link war nicht zu gebrauchen: {why}.',
  '{path} is not a field, {section}.{field} is as deep as they go':
    '{path} ist kein Feld, {section}.{field} ist so tief, wie sie gehen',
  '{section} = {group} has no {field}': '{section} = {group} hat kein {field}',
  ' and {count} more': ' und {count} weitere',
  'Of the link, {shown}{more} could not be used: {why}.':
    'Vom Link war {shown}{more} nicht zu gebrauchen: {why}.',
  '{part} = "{text}" is not one of {words}': '{part} = "{text}" ist keines von {words}',
  'camera = "{text}": write degrees to the right, degrees up from −90 to 90, a zoom from {least} to {most}, and the shift across and up, such as 24,-6,1.5,0,0':
    'camera = "{text}": Grad nach rechts, Grad nach oben von −90 bis 90, eine Vergrößerung von {least} bis {most} und die Verschiebung quer und hoch, etwa 24,-6,1.5,0,0',
  'against = "{text}" is no input: give its number, from 1 on':
    'against = "{text}" ist keine Eingabe: ihre Nummer angeben, ab 1',
  'figures = "{name}" is not one of {names}': 'figures = "{name}" ist keines von {names}',
};
