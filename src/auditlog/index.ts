/** The public record: acts in order, without personal data. */
export { type CanonicalValue, canonicalJson } from './canonical-json.ts';
export { type LeafFacts, leafPieces, openingDigest, openingsOf } from './leaf.ts';
