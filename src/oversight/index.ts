/** Township and county offices: founding villages, comparing them. */
export { type FoundingRefusal, foundVillage, type VillageDraft } from './found-village.ts';
