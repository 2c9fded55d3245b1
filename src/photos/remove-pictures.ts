import type { Config } from '../platform/config.ts';
import type { Reader } from '../platform/database/db.ts';
import { openPhotoStore } from './photo-store.ts';

/**
 * Removes pictures that no row names any more, by their hashes. Rows go first, for a picture without a row is never shown; what a crash
 * in between leaves in the store can be opened by nobody.
 */
export async function removePictures(
  { sql, config }: { sql: Reader; config: Pick<Config, 'dataDir' | 'photoStorage'> },
  hashes: readonly string[],
): Promise<void> {
  if (hashes.length === 0) return;
  const gone = await sql<{ sha256: string }[]>`
    select given.sha256
      from unnest(${[...new Set(hashes)]}::text[]) as given(sha256)
     where not exists (
       select
         from photo
        where photo.sha256 = decode(given.sha256, 'hex')
     )`;
  const store = openPhotoStore(config);
  for (const { sha256 } of gone) await store.remove(Buffer.from(sha256, 'hex'));
}
