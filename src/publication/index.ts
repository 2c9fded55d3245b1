/** The published exchange record: 公示. */

export type { PublicationMonth, PublicationSummary } from './publications.ts';
export { publishRecord } from './publish-record.ts';
export type { RecordContent } from './record-schema.ts';
export type { Remark } from './review-record.ts';
