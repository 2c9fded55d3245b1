import { createHash } from 'node:crypto';
import type { S3mini } from 's3mini';
import type { PhotoStore } from './photo-store.ts';

/** Pictures in a bucket of any S3-compatible storage, which must not be public: they are served by us, to those who may see them. */
export function s3Store(bucket: S3mini): PhotoStore {
  const keyOf = (sha256: Buffer) => `photos/${sha256.toString('hex')}.jpg`;
  return {
    put: async (sha256, content) => {
      const answer = await bucket.putObject(keyOf(sha256), content, 'image/jpeg');
      if (!answer.ok) throw new Error(`the storage of photos answered ${answer.status}`);
    },
    get: async (sha256) => {
      const content = await bucket.getObjectArrayBuffer(keyOf(sha256));
      if (content === null) return null;
      const bytes = Buffer.from(content);
      return createHash('sha256').update(bytes).digest().equals(sha256) ? bytes : null;
    },
    remove: async (sha256) => {
      await bucket.deleteObject(keyOf(sha256));
    },
  };
}
