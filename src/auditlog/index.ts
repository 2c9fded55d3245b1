/** The public record: acts in order, without personal data, in a signed Merkle tree for each village. */
export { type CanonicalValue, canonicalJson } from './canonical-json.ts';
export type { Checkpoint } from './checkpoint.ts';
export { closeLog } from './close-log.ts';
export type { LogFrozen } from './decide-signing.ts';
export { type GuardedHead, guardedHeads } from './guarded-head.ts';
export { type KeptAct, keptActs, logSize, photosOf, textFact } from './kept-acts.ts';
export { type LeafFacts, leafPieces, openingDigest, openingsOf } from './leaf.ts';
export { openLogName } from './log-names.ts';
export { countyLogs } from './log-owners.ts';
export { type ExportFile, type LostActs, lostActs } from './lost-acts.ts';
export { type LogRefusal, openPublicLogs, openSigner, type PublicLogs } from './public-logs.ts';
export { openRounds } from './rounds.ts';
export type { SignedCheckpoint } from './sign-checkpoint.ts';
export { type BadRow, type ReadLeaf, verifyLog } from './verify-log.ts';
export { openWitness } from './witness.ts';
