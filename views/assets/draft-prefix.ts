/** With it begin the names of all that a person typed and a browser keeps; it goes with the sign-out. */
export const DRAFT_PREFIX = 'draft ';
