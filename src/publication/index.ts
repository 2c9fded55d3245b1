/** The published exchange record: 公示. */
export type { PublicationRefusal } from './decide-publication.ts';
export {
  type Publication,
  type PublicationMonth,
  type PublicationSummary,
  publicationMonths,
  publications,
} from './publications.ts';
export { type PublicationInput, publishRecord } from './publish-record.ts';
export type { RecordContent, RecordTotals } from './record-schema.ts';
export type { Remark } from './review-record.ts';
