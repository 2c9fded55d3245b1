import { join } from 'node:path';
import { S3mini } from 's3mini';
import type { Config } from '../platform/config.ts';
import { diskStore } from './disk-store.ts';
import { s3Store } from './s3-store.ts';

/** Where pictures lie, each under the SHA-256 of its bytes. Putting the same picture twice changes nothing. */
export interface PhotoStore {
  /** Returns when the picture would survive a loss of power. */
  put(sha256: Buffer, content: Buffer): Promise<void>;
  /** Null when it is not there, or is not what its name says. */
  get(sha256: Buffer): Promise<Buffer | null>;
  /** What is not there is removed already. */
  remove(sha256: Buffer): Promise<void>;
}

/** Outside of everything that is served as files, beside the secrets. */
const PHOTO_FOLDER = 'photos';

const S3_TIMEOUT_MS = 15_000;

export function openPhotoStore({ dataDir, photoStorage }: Pick<Config, 'dataDir' | 'photoStorage'>): PhotoStore {
  if (!photoStorage) return diskStore(join(dataDir, PHOTO_FOLDER));
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = photoStorage;
  return s3Store(
    new S3mini({
      endpoint: `${endpoint}/${bucket}`,
      region,
      accessKeyId,
      secretAccessKey,
      requestAbortTimeout: S3_TIMEOUT_MS,
    }),
  );
}
