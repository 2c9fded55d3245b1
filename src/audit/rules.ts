/**
 * The village's rules as far as the entries tell of them: versions follow each other, none counts for days before it was decided,
 * and every award names the version of its day and moves no more than that version gives.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';
import { type Conversion, convertUp } from './lots.ts';

export interface RuleBook {
  change(leaf: Leaf, index: number): void;
  /** With what a point became worth while it stood in publicity. */
  use(leaf: Leaf, index: number, conversions?: readonly Conversion[]): void;
}

interface Version {
  version: number;
  points: number;
  effective: string;
}

export function openRuleBook(): RuleBook {
  const changes = new Map<string, Version[]>();

  return {
    change: ({ rule = '', version = 0, points = 0, effective = '', occurred }, index) => {
      const known = changes.get(rule) ?? [];
      // Version 1 of the county's rules came with the founding, which does not list them.
      const last = known.at(-1)?.version;
      const follows = last === undefined ? version === 1 || version === 2 : version === last + 1;
      if (!follows) throw new Found('books', `it is version ${version} of rule ${rule}, after ${last ?? 1}`, index);
      if (effective < occurred) throw new Found('books', `it changes rule ${rule} for days that have passed`, index);
      changes.set(rule, [...known, { version, points, effective }]);
    },

    use: ({ rule = '', version = 0, delta = 0, times = 1, occurred, earned = occurred }, index, conversions = []) => {
      const known = changes.get(rule) ?? [];
      const current = known.findLast(({ effective }) => effective <= earned);
      const expected = current?.version ?? (known[0]?.version === 1 ? 0 : 1);
      if (version !== expected) {
        throw new Found('books', `it names version ${version} of rule ${rule} on a day that has ${expected}`, index);
      }
      if (!current) return;
      const most = conversions.reduce(convertUp, Math.abs(current.points * times));
      const isWithin = Math.sign(delta) === Math.sign(current.points) && Math.abs(delta) <= most;
      if (!isWithin) {
        throw new Found('books', `it moves ${delta} where rule ${rule} gives ${current.points * times}`, index);
      }
    },
  };
}
