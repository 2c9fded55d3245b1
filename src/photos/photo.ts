import type { SoundKind } from './decide-sound.ts';

/** What photos are taken for. Only those of gifts, thanks and notice boards are for everybody; a wish's when it was checked. */
const PURPOSES = {
  evidence: { isPublic: false },
  exchange: { isPublic: false },
  inspection: { isPublic: false },
  stock: { isPublic: false },
  board: { isPublic: true },
  gift: { isPublic: true },
  wish: { isPublic: false },
  echo: { isPublic: false },
  voice: { isPublic: false },
} as const;

export type PhotoPurpose = keyof typeof PURPOSES;

/** A photo as an act names it. */
export interface StoredPhoto {
  publicId: string;
  /** Of the picture as it is kept, hexadecimal. */
  sha256: string;
  width: number;
  height: number;
  isPublic: boolean;
}

/** What lies in the store: a picture, or a voice note in the form in which it came. */
export type Media = 'jpeg' | SoundKind;

export function isPublicAtOnce(purpose: PhotoPurpose): boolean {
  return PURPOSES[purpose].isPublic;
}

/** Where the picture is served: to everybody, or to who may read the village. */
export function photoHref(
  villageCode: string,
  { publicId, isPublic }: Pick<StoredPhoto, 'publicId' | 'isPublic'>,
): string {
  return `/villages/${villageCode}/${isPublic ? 'pictures' : 'photos'}/${publicId}`;
}
