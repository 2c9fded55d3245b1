import { isCommonPassword } from './decide-common-password.ts';

/** In order of precedence. */
export type PasswordRefusal =
  | { refused: 'password_too_short'; shortest: number }
  | { refused: 'password_too_long'; longest: number }
  | { refused: 'password_unchanged' }
  | { refused: 'password_like_username' }
  | { refused: 'password_too_common' };

/** Length is what keeps a password; of form only what is guessed first is refused. */
const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 128;

export interface PasswordDraft {
  username: string;
  password: string;
  /** The one in use, where there is one. */
  oldPassword?: string | undefined;
}

export function decidePassword(
  { username, password, oldPassword }: PasswordDraft,
  common: ReadonlySet<string>,
): PasswordRefusal | { password: string } {
  const length = [...password].length;
  const folded = password.normalize('NFKC').toLowerCase();
  if (length < SHORTEST_PASSWORD) return { refused: 'password_too_short', shortest: SHORTEST_PASSWORD };
  if (length > LONGEST_PASSWORD) return { refused: 'password_too_long', longest: LONGEST_PASSWORD };
  if (password === oldPassword) return { refused: 'password_unchanged' };
  if (isMostly(folded, username.toLowerCase())) return { refused: 'password_like_username' };
  if (isCommonPassword(folded, common)) return { refused: 'password_too_common' };
  return { password };
}

/** The username alone, or with a short tail or head: `zhangsan`, `zhangsan123`. */
function isMostly(password: string, username: string): boolean {
  return username.length >= 3 && password.includes(username) && password.length - username.length <= 4;
}
