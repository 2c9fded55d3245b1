/** What a witness knows when it is asked. */
export interface CosigningBasis {
  /** The origin is one of those that it was told to watch. */
  isKnown: boolean;
  /** What the log's key says of the signatures: none of them is the log's, one is false, or all that are the log's hold. */
  seal: 'missing' | 'forged' | 'holds';
  oldSize: number;
  size: number;
  /** Of the tree that it cosigned last; 0 when there was none. */
  lastSize: number;
  /** The proof leads from the tree of `oldSize` that it cosigned to this one. Of no meaning while the sizes differ. */
  isConsistent: boolean;
}

/** The answers of C2SP tlog-witness that refuse, in order of precedence. */
export type CosigningRefusal =
  | { status: 404; reason: 'unknown log' }
  | { status: 403; reason: 'no signature of the log' | 'false signature of the log' }
  | { status: 400; reason: 'old size above the size of the checkpoint' }
  | { status: 409; lastSize: number }
  | { status: 422; reason: 'not consistent with the last checkpoint' };

/** A witness cosigns one line of trees for each log, and nothing that leaves it. */
export function decideCosigning(basis: CosigningBasis): CosigningRefusal | 'cosign' {
  const { isKnown, seal, oldSize, size, lastSize, isConsistent } = basis;
  if (!isKnown) return { status: 404, reason: 'unknown log' };
  if (seal === 'missing') return { status: 403, reason: 'no signature of the log' };
  if (seal === 'forged') return { status: 403, reason: 'false signature of the log' };
  if (oldSize > size) return { status: 400, reason: 'old size above the size of the checkpoint' };
  if (oldSize !== lastSize) return { status: 409, lastSize };
  return isConsistent ? 'cosign' : { status: 422, reason: 'not consistent with the last checkpoint' };
}
