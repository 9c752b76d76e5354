/** The page’s frame: its bars, keys and first words. */
export const shell = {
  'mckean: a network as a moving cloud': 'mckean: ein Netz als bewegte Wolke',
  Preset: 'Voreinstellung',
  'Whole page': 'Ganze Seite',
  'Drop a table (names in line 1, then numbers; the last column is the target), a CONFIG.json with the files that it names, or a .npy.':
    'Hier eine Tabelle ablegen (Namen in Zeile 1, dann Zahlen; die letzte Spalte ist das Ziel), eine CONFIG.json mit den Dateien, die sie nennt, oder eine .npy.',
  'A two-layer neural network as a moving cloud of up to a million particles: the mean-field limit, live.':
    'Ein zweischichtiges neuronales Netz als bewegte Wolke aus bis zu einer Million Teilchen: der Mean-Field-Limes, live.',
  'Beside the cloud': 'Neben der Wolke',
  'Close this message': 'Diese Meldung schließen',
  'Fit, loss and settings': 'Fit, Verlust und Einstellungen',
  'State of the run': 'Stand des Laufs',
  'Tables, CONFIG.json, .npy': 'Tabellen, CONFIG.json, .npy',
  'For paper': 'Für Papier',
  'A frame saves files only where the page around it allows downloads: where none has come, save from the page by itself.':
    'Ein Rahmen speichert Dateien nur, wenn die Seite um ihn Downloads erlaubt: Kommt keine an, bitte von der Seite selbst speichern.',
  Stop: 'Stopp',
  'Open the page': 'Seite öffnen',
  'Paused while hidden: {title}': 'Angehalten, solange verborgen: {title}',
  'this browser has no WebGPU': 'dieser Browser hat kein WebGPU',
  'WebGPU needs https:// or localhost, and this page came over plain http':
    'WebGPU braucht https:// oder localhost, und diese Seite kam über einfaches http',
  'this browser offers no WebGPU adapter here (on Linux it may need chrome://flags/#enable-unsafe-webgpu)':
    'dieser Browser bietet hier keinen WebGPU-Adapter an (unter Linux braucht es vielleicht chrome://flags/#enable-unsafe-webgpu)',
  'it could not be started': 'er ließ sich nicht starten',
  'it has ended': 'er ist beendet',
  Language: 'Sprache',
  'The page is loaded anew, and the run begins at step 0.':
    'Die Seite wird neu geladen, und der Lauf beginnt bei Schritt 0.',
  'A part of this page cannot be loaded: its server has another version by now, or there is no network. The run goes on; a reload brings the page up to date.':
    'Ein Teil dieser Seite lässt sich nicht laden: Der Server hat inzwischen eine andere Fassung, oder es gibt kein Netz. Der Lauf geht weiter; neu geladen ist die Seite auf dem neuesten Stand.',
  'this browser has no full screen for a page: add the page to the home screen, or choose H':
    'dieser Browser hat kein Vollbild für eine Seite: die Seite zum Startbildschirm hinzufügen oder H wählen',
  'the page around this frame does not allow it full screen: its code needs allow="fullscreen"':
    'die Seite um diesen Rahmen erlaubt ihm kein Vollbild: sein Code braucht allow="fullscreen"',
  'Play or pause.': 'Starten oder anhalten.',
  'One step.': 'Ein Schritt.',
  'Back to step 0 of the same draw.': 'Zurück zu Schritt 0 derselben Ziehung.',
  'A new draw: the next seed.': 'Eine neue Ziehung: der nächste Seed.',
  'Take the last change of a setting back.': 'Die letzte Änderung einer Einstellung zurücknehmen.',
  'Do it again.': 'Noch einmal ausführen.',
  'Dark or light.': 'Dunkel oder hell.',
  'For a projector: large type on white; once more for the whole page.':
    'Für den Beamer: große Schrift auf Weiß; noch einmal für die ganze Seite.',
  'Hide everything but the cloud; once more for the whole page.':
    'Alles außer der Wolke ausblenden; noch einmal für die ganze Seite.',
  'The whole page again; there, closes the open book.':
    'Wieder die ganze Seite; dort schließt es das offene Buch.',
  'Full screen.': 'Vollbild.',
  'The cloud from where it was first seen.': 'Die Wolke von dort, wo sie zuerst zu sehen war.',
  Lecture: 'Vorlesung',
  'Nine chapters, each with a live scene.': 'Neun Kapitel, jedes mit einer lebenden Szene.',
  'Your own data: pick, draw, paste or write a formula.':
    'Eigene Daten: auswählen, zeichnen, einfügen oder eine Formel schreiben.',
  Compare: 'Vergleich',
  'Two runs side by side, or networks of many widths in one chart.':
    'Zwei Läufe nebeneinander, oder Netze vieler Breiten in einem Diagramm.',
  'Rates of the theory, measured here with error bars.': 'Raten der Theorie, hier gemessen, mit Fehlerbalken.',
  'Picture, film, numbers, the run: everything that can be saved.':
    'Bild, Film, Zahlen, der Lauf: alles, was sich speichern lässt.',
  'Keys, gestures and words.': 'Tasten, Gesten und Wörter.',
  'this browser lets the page copy nothing; by hand: {text}':
    'dieser Browser lässt die Seite nichts kopieren; von Hand: {text}',
  Play: 'Start',
  Step: 'Schritt',
  Reset: 'Reset',
  Theme: 'Farben',
  Pause: 'Pause',
  Light: 'Hell',
  Dark: 'Dunkel',
  'After papers': 'Nach Artikeln',
  space: 'Leertaste',
  Reload: 'Neu laden',
  Loading: 'Lädt',
  Running: 'Läuft',
  Paused: 'Angehalten',
  'The graphics device was lost; computing again': 'Das Grafikgerät ging verloren; es wird neu gerechnet',
  'Stopped by an error': 'Durch einen Fehler angehalten',
  ': step {step}, t = {t}, loss {loss}{fit}, {n} neurons':
    ': Schritt {step}, t = {t}, Verlust {loss}{fit}, {n} Neuronen',
  inputs: 'Eingaben',
  'steps/s': 'Schritte/s',
  'pairs/s': 'Paare/s',
  computes: 'rechnet',
  draws: 'zeichnet',
  Ctrl: 'Strg',
  Shift: 'Umschalt',
  Esc: 'Esc',
};
