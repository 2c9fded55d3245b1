/**
 * Runs before anything of the award form is drawn: where this browser still has an award that was not recorded, its offer has its place
 * from the first picture on. A script that comes after the form would push all of it down, under a finger that is on its way.
 */
import { readDraft } from './left-draft.ts';

if (readDraft()) document.documentElement.dataset['left'] = '';
