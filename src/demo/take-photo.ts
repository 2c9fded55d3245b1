import { type PhotoPurpose, type StoredPhoto, storePhotos } from '../photos/index.ts';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/database/db.ts';
import { drawPicture, type Scene } from './draw-picture.ts';
import { must } from './must.ts';

/** Where photos are kept; null where a demonstration is loaded without them. */
export type PhotoPlace = Pick<Config, 'dataDir' | 'photoStorage'> | null;

export interface Shot {
  villageId: number;
  purpose: PhotoPurpose;
  addedBy: number;
}

/** Somebody with a camera, as far as this demonstration has one: what was taken, by the way of every photo. */
export type TakePhoto = (scene: Scene, shot: Shot) => Promise<StoredPhoto[]>;

export function photographer(db: Db, place: PhotoPlace): TakePhoto {
  return async (scene, shot) => {
    if (!place) return [];
    const files = [{ field: 'photos', content: await drawPicture(scene) }];
    return must(
      storePhotos({ config: place, db }, { ...shot, fields: { uploads: { files, refused: null }, keptIds: [] } }),
    );
  };
}
