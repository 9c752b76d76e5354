/** Files of films. */
export const FILM_FORMATS = { webm: 'WebM', mp4: 'MP4' } as const satisfies Record<string, string>;
export type FilmFormat = keyof typeof FILM_FORMATS;
