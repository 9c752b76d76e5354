/** A certificate for this machine's own names, made here and kept where only its user reads it: guests accept it once. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { createCA, createCert } from 'mkcert';
import type { Store } from '../../engines/store.ts';
import { fileStore } from '../machine/store.ts';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Days that one lasts, and those left that are too few for a lesson. */
const DAYS = 90;
const SPARE = 1;
const DAY = 24 * 3600 * 1000;
const OWNER_ALONE = 0o600;
const ISSUER = { organization: 'mckean classroom', countryCode: 'XX', state: '-', locality: '-' };

/** The one that is kept, while it holds all these names and lasts, else a new one. Who signed it is forgotten at once. */
export async function certificateFor(
  names: readonly string[],
  store: Store = fileStore('classroom.json', undefined, OWNER_ALONE),
): Promise<Certificate> {
  const kept = store.get() as Certificate | null;
  if (kept && serves(kept, names)) return kept;
  const ca = await createCA({ ...ISSUER, validity: DAYS });
  const { key, cert } = await createCert({ domains: [...names], validity: DAYS, ca });
  store.set({ key, cert });
  return { key, cert };
}

function serves({ cert }: Certificate, names: readonly string[]): boolean {
  try {
    const known = new X509Certificate(cert);
    const left = Date.parse(known.validTo) - Date.now();
    return (
      left > SPARE * DAY &&
      names.every((name) => (isIP(name) ? known.checkIP(name) : known.checkHost(name)) !== undefined)
    );
  } catch {
    return false; // not what was kept
  }
}
