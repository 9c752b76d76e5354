/** The book Save. */
export const save = {
  Run: 'Lauf',
  Save: 'Speichern',
  Numbers: 'Zahlen',
  'For your own analysis: numpy.load reads .npy, any spreadsheet reads CSV.':
    'Für eigene Auswertungen: numpy.load liest .npy, jede Tabellenkalkulation liest CSV.',
  'Save neurons (.npy)': 'Neuronen speichern (.npy)',
  ', w1 first': ', w1 zuerst',
  'Save {title} (CSV)': '{title} speichern (CSV)',
  '{count} rows of {columns}: {size}': '{count} Zeilen mit {columns}: {size}',
  'this browser has no encoder for {format} of {width} × {height} pixels ({codecs}): choose another format or size':
    'dieser Browser hat keinen Encoder für {format} mit {width} × {height} Pixeln ({codecs}): ein anderes Format oder eine andere Größe wählen',
  'the encoder ({codec}) failed at frame {frames} ({message}): choose another format or a smaller size':
    'der Encoder ({codec}) ist bei Bild {frames} gescheitert ({message}): ein anderes Format oder eine kleinere Größe wählen',
  bytes: 'Bytes',
  Film: 'Film',
  'The run from now on, for lectures and messages. Each frame waits for its steps, so the film is the same on any machine.':
    'Der Lauf von jetzt an, für Vorlesungen und Nachrichten. Jedes Bild wartet auf seine Schritte, und so ist der Film auf jedem Rechner derselbe.',
  Seconds: 'Sekunden',
  'Frames a second': 'Bilder je Sekunde',
  'Steps a frame': 'Schritte je Bild',
  Format: 'Format',
  'with axes, step, t, loss and n': 'mit Achsen, Schritt, t, Verlust und n',
  'Make film': 'Film drehen',
  'Progress of the film': 'Fortschritt des Films',
  '{frames} frames, to step {last}': '{frames} Bilder, bis Schritt {last}',
  'Filming.': 'Der Film entsteht.',
  'frame {frame} of {frames}': 'Bild {frame} von {frames}',
  'Saved {frames} frames, {size}.': '{frames} Bilder gespeichert, {size}.',
  'Cancelled.': 'Abgebrochen.',
  Cancel: 'Abbrechen',
  'This browser cannot make films: it has no VideoEncoder. Current versions of Chrome, Edge, Firefox and Safari on a computer have one.':
    'Dieser Browser kann keine Filme drehen: er hat keinen VideoEncoder. Aktuelle Fassungen von Chrome, Edge, Firefox und Safari auf einem Computer haben einen.',
  'Films need https:// or localhost, and this page came over plain http.':
    'Filme brauchen https:// oder localhost, und diese Seite kam über einfaches http.',
  'a film of {width} × {height} pixels: give even numbers':
    'ein Film mit {width} × {height} Pixeln: gerade Zahlen angeben',
  'a film of {width} × {height} pixels: each picture would have {pixels}, and no codec takes more than {most}: choose a smaller size':
    'ein Film mit {width} × {height} Pixeln: jedes Bild hätte {pixels}, und kein Codec nimmt mehr als {most}: eine kleinere Größe wählen',
  '{seconds} seconds at {rate} frames a second: give numbers above 0':
    '{seconds} Sekunden mit {rate} Bildern je Sekunde: Zahlen über 0 angeben',
  '{steps} steps a frame: give a whole number from 1': '{steps} Schritte je Bild: eine ganze Zahl ab 1 angeben',
  '{seconds} seconds at {rate} frames a second are {frames} frames: give at least 1 and at most {most}':
    '{seconds} Sekunden mit {rate} Bildern je Sekunde sind {frames} Bilder: mindestens 1 und höchstens {most} angeben',
  'the run was changed while it was filmed: start the film again':
    'der Lauf wurde geändert, während er gefilmt wurde: den Film neu beginnen',
  Picture: 'Bild',
  'The cloud as it is now, for slides and papers; drawn at that size, not scaled up.':
    'Die Wolke, wie sie jetzt ist, für Folien und Artikel; in dieser Größe gezeichnet, nicht hochskaliert.',
  'Save picture (PNG)': 'Bild speichern (PNG)',
  '{width} × {height} pixels': '{width} × {height} Pixel',
  'This graphics adapter draws up to {most} pixels along a side.':
    'Dieser Grafikadapter zeichnet bis zu {most} Pixel je Seite.',
  'This browser draws up to {most} pixels along a side.':
    'Dieser Browser zeichnet bis zu {most} Pixel je Seite.',
  'a side of {side} pixels: give a whole number from {least} to {most}':
    'eine Seite von {side} Pixeln: eine ganze Zahl von {least} bis {most} angeben',
  '{width} × {height} pixels are {pixels}, and {most} fit into one picture: choose a smaller side':
    '{width} × {height} Pixel sind {pixels}, und {most} passen in ein Bild: eine kleinere Seite wählen',
  'step {step}   t = {t}   loss {loss}   n = {n}': 'Schritt {step}   t = {t}   Verlust {loss}   n = {n}',
  'this browser could not write {width} × {height} pixels: choose a smaller picture':
    'dieser Browser konnte {width} × {height} Pixel nicht schreiben: ein kleineres Bild wählen',
  'The link is copied without the data, which are too long for one: save CONFIG.json to pass them on':
    'Der Link ist ohne die Daten kopiert, die für einen zu lang sind: zum Weitergeben CONFIG.json speichern',
  'To run it again, or to send it: the settings hold the seed, so the run is the same.':
    'Zum Wiederholen, oder zum Verschicken: die Einstellungen enthalten den Seed, also ist der Lauf derselbe.',
  'Copy command': 'Befehl kopieren',
  'The command is copied': 'Der Befehl ist kopiert',
  'Copy link': 'Link kopieren',
  'The link to this run is copied': 'Der Link zu diesem Lauf ist kopiert',
  'Copy code for a frame': 'Code für einen Rahmen kopieren',
  'HTML that shows this run in a frame of another page is copied':
    'HTML, das diesen Lauf im Rahmen einer anderen Seite zeigt, ist kopiert',
  'the cloud and its buttons, in another page': 'die Wolke und ihre Knöpfe, in einer anderen Seite',
  'In a checkout of this program, beside the saved file:':
    'In einer Arbeitskopie dieses Programms, neben der gespeicherten Datei:',
  ', up to step {step}': ', bis Schritt {step}',
  '{count} characters': '{count} Zeichen',
  'writing {name}': '{name} wird geschrieben',
  'Size in pixels': 'Größe in Pixeln',
  'another size': 'andere Größe',
  Width: 'Breite',
  Height: 'Höhe',
};
