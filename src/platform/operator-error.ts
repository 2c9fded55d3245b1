/**
 * Something that only the person at the terminal can put right (a folder without rights, a taken port, a second server).
 * The message is shown as it stands, in English and Chinese, without a stack.
 */
export class OperatorError extends Error {
  override name = 'OperatorError';

  constructor(english: string, chinese: string) {
    super(`${english}\n${chinese}`);
  }
}
