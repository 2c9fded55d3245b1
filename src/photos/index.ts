/** Photos of what happened: taken in safely, drawn anew, kept outside the web root, shown to those who may see them. */
export { type PhotoPurpose, photoHref, type StoredPhoto } from './photo.ts';
export { openPhotoStore } from './photo-store.ts';
export { photoByPublicId, publishPhotos } from './read-photo.ts';
export { removePictures } from './remove-pictures.ts';
export { type PhotoFields, type PhotoRefusal, photoFields, photosById, storePhotos } from './store-photos.ts';
export { storeVoice, type VoiceRefusal } from './store-voice.ts';
