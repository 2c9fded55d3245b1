import type { VisitorOptions } from '../support/visitor.ts';

export interface Way {
  view: VisitorOptions;
  hasScript: boolean;
  isDoubled: boolean;
}

/** How every goal is reached: for `describe.each`. */
export const WAYS: [string, Way][] = [
  ['as it is', { view: {}, hasScript: true, isDoubled: false }],
  ['without JavaScript', { view: { javaScriptEnabled: false }, hasScript: false, isDoubled: false }],
  [
    'in the largest letters on a phone',
    { view: { width: 360, height: 740, textSize: 'largest' }, hasScript: true, isDoubled: false },
  ],
  ['with the last press doubled', { view: {}, hasScript: true, isDoubled: true }],
];
