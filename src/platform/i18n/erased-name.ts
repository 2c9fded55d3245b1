/** What stands where a name stood that was erased on request. A page says it in its reader's language: `views/shared/erased-household.ts`. */
export const ERASED_NAME = '已按要求删除';
