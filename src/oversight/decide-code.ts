/** A free code below a region: three digits after the county's six, or after the township's nine. */
export interface CodeRequest {
  level: 'township' | 'village';
  parentCode: string;
  takenCodes: readonly string[];
}

/** Where the national table begins: townships after the streets, villages after the communities. */
const FIRST = { township: 100, village: 200 } as const;

/** One more than the highest in use, so that codes follow the order in which places were added; null when all are used. */
export function decideCode({ level, parentCode, takenCodes }: CodeRequest): string | null {
  const prefix = prefixOf(level, parentCode);
  const taken = new Set(
    takenCodes
      .filter((code) => code.startsWith(prefix))
      .map((code) => Number(code.slice(prefix.length, prefix.length + 3))),
  );
  const next = taken.size === 0 ? FIRST[level] : Math.max(...taken) + 1;
  const number = next <= 999 ? next : firstFree(taken);
  return number === null ? null : `${prefix}${String(number).padStart(3, '0')}`.padEnd(12, '0');
}

/** True for a code of twelve digits that lies below the parent. */
export function isCodeBelow(level: 'township' | 'village', parentCode: string, code: string): boolean {
  return /^\d{12}$/.test(code) && code.startsWith(prefixOf(level, parentCode)) && code !== parentCode;
}

function prefixOf(level: 'township' | 'village', parentCode: string): string {
  return parentCode.slice(0, level === 'township' ? 6 : 9);
}

function firstFree(taken: ReadonlySet<number>): number | null {
  for (let number = 1; number <= 999; number += 1) if (!taken.has(number)) return number;
  return null;
}
