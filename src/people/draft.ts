import { z } from 'zod';
import { safeReturnPath } from './return-path.ts';

/** A form that was sent after its sign-in had run out: kept in the sign-in page and offered again afterwards. */
export interface Draft {
  /** An address of this site. */
  action: string;
  fields: [name: string, value: string][];
}

const draftText = z.object({
  action: z.string().refine((action) => safeReturnPath(action, '') === action),
  fields: z.array(z.tuple([z.string(), z.string()])),
});

/** What the form held, in order, without the token of its page and without any password. */
export function draftOf(action: string, body: unknown): Draft {
  const fields = Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(body))
    .filter(([name]) => name !== '_csrf' && !/password|identityProof/i.test(name))
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
  return { action, fields };
}

export function readDraft(text: string | undefined): Draft | null {
  if (text === undefined || text === '') return null;
  try {
    return draftText.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
