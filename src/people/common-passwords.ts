/**
 * The passwords that leaked most often, as zxcvbn-ts keeps them (package @zxcvbn-ts/language-common, MIT licence, from the
 * leaks that became public): 49,000 of them, the most frequent first. Read when somebody first chooses a password.
 */
let read: Promise<ReadonlySet<string>> | undefined;

export function commonPasswords(): Promise<ReadonlySet<string>> {
  read ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return read;
}
