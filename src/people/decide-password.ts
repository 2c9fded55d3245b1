/** In order of precedence. */
export type PasswordRefusal =
  | { refused: 'password_too_short'; shortest: number }
  | { refused: 'password_too_long'; longest: number }
  | { refused: 'password_unchanged' }
  | { refused: 'password_like_username' }
  | { refused: 'password_too_common' };

/** Length is what keeps a password; of form only the first guesses of everybody are refused. */
const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 128;

export interface PasswordDraft {
  username: string;
  password: string;
  /** The one in use, where there is one. */
  oldPassword?: string | undefined;
}

export function decidePassword({
  username,
  password,
  oldPassword,
}: PasswordDraft): PasswordRefusal | { password: string } {
  const length = [...password].length;
  const folded = password.normalize('NFKC').toLowerCase();
  if (length < SHORTEST_PASSWORD) return { refused: 'password_too_short', shortest: SHORTEST_PASSWORD };
  if (length > LONGEST_PASSWORD) return { refused: 'password_too_long', longest: LONGEST_PASSWORD };
  if (password === oldPassword) return { refused: 'password_unchanged' };
  if (isMostly(folded, username.toLowerCase())) return { refused: 'password_like_username' };
  if (isCommon(folded)) return { refused: 'password_too_common' };
  return { password };
}

/** The username alone, or with a short tail or head: `zhangsan`, `zhangsan123`. */
function isMostly(password: string, username: string): boolean {
  return username.length >= 3 && password.includes(username) && password.length - username.length <= 4;
}

/** One character again and again, a run of neighbours, a well-known one, or that with a few digits behind it. */
function isCommon(password: string): boolean {
  if (new Set(password).size <= 2) return true;
  if (RUNS.some((run) => run.includes(password))) return true;
  const stem = password.replace(/[\d!@#.]{1,4}$/, '');
  return COMMON.has(password) || COMMON.has(stem);
}

const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];

const COMMON = new Set(
  (
    'password passw0rd p@ssw0rd p@ssword admin admin123 administrator welcome iloveyou letmein qwerty qwerty123 abc123 abcd1234 ' +
    'a123456 a1234567 a12345678 aa123456 aa12345678 abc12345 q1w2e3r4 1q2w3e4r 1qaz2wsx qaz2wsx zxcvbnm asdfghjkl ' +
    '11223344 12341234 12344321 12121212 123123123 123321123 147258369 159357258 1314520 5201314 52013145 woaini woaini1314 ' +
    'wang1234 zhang123 mima1234 aixinchaoshi aixin aixin2026 cunweihui'
  ).split(' '),
);
