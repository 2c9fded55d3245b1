import { LEVEL_OF_ROLE, type Role } from './permissions.ts';
import type { Viewer } from './viewer.ts';

/** Where somebody works, by the first role held: the page to start from and at most five words to go on. */
export interface Workplace {
  role: Role | null;
  homeHref: string;
  nav: readonly { href: string; word: NavWord }[];
}

export type NavWord =
  | 'desk'
  | 'awards'
  | 'claims'
  | 'counter'
  | 'households'
  | 'goods'
  | 'publications'
  | 'record'
  | 'villages'
  | 'administration'
  | 'staff'
  | 'security'
  | 'gifts'
  | 'wishes';

export function workplaceOf({ appointments }: Pick<Viewer, 'appointments'>): Workplace {
  const [first] = appointments;
  // Whoever holds nothing, or no longer, is told so there.
  if (!first) return { role: null, homeHref: '/account', nav: [] };
  const village = `/villages/${first.regionCode}`;
  const region = `/regions/${first.regionCode}`;
  switch (first.role) {
    case 'manager':
      return {
        role: first.role,
        homeHref: `${village}/desk`,
        nav: [
          { href: `${village}/desk`, word: 'desk' },
          { href: `${village}/awards/new`, word: 'awards' },
          { href: `${village}/counter`, word: 'counter' },
          { href: `${village}/cards`, word: 'households' },
          { href: `${village}/goods`, word: 'goods' },
        ],
      };
    case 'recorder':
      return {
        role: first.role,
        homeHref: `${village}/desk`,
        nav: [
          { href: `${village}/desk`, word: 'desk' },
          { href: `${village}/awards/new`, word: 'awards' },
          { href: `${village}/cards`, word: 'households' },
        ],
      };
    case 'storekeeper':
      return {
        role: first.role,
        homeHref: `${village}/desk`,
        nav: [
          { href: `${village}/desk`, word: 'desk' },
          { href: `${village}/counter`, word: 'counter' },
          { href: `${village}/goods`, word: 'goods' },
        ],
      };
    case 'leader':
    case 'approver':
      return {
        role: first.role,
        homeHref: `${village}/desk`,
        nav: [
          { href: `${village}/desk`, word: 'desk' },
          { href: `${village}/claims`, word: 'claims' },
          { href: `${village}/publications`, word: 'publications' },
          { href: `${village}/cards`, word: 'households' },
          { href: `${village}/acts`, word: 'record' },
        ],
      };
    case 'supervisor':
      return {
        role: first.role,
        homeHref: `${village}/desk`,
        nav: [
          { href: `${village}/desk`, word: 'desk' },
          { href: `${village}/publications`, word: 'publications' },
          { href: `${village}/cards`, word: 'households' },
          { href: `${village}/goods`, word: 'goods' },
          { href: `${village}/acts`, word: 'record' },
        ],
      };
    case 'donor':
      return {
        role: first.role,
        homeHref: '/my-gifts',
        nav: [
          { href: '/my-gifts', word: 'gifts' },
          { href: `${village}/wishes`, word: 'wishes' },
        ],
      };
    case 'township_officer':
      return {
        role: first.role,
        homeHref: region,
        nav: [
          { href: region, word: 'villages' },
          { href: `${region}/staff`, word: 'staff' },
        ],
      };
    case 'county_officer':
      return { role: first.role, homeHref: region, nav: [{ href: region, word: 'villages' }] };
    case 'auditor':
      return {
        role: first.role,
        homeHref: region,
        nav: [
          { href: region, word: 'villages' },
          { href: `${region}/security`, word: 'security' },
        ],
      };
    case 'county_administrator':
      return {
        role: first.role,
        homeHref: `${region}/administration`,
        nav: [
          { href: `${region}/administration`, word: 'administration' },
          { href: region, word: 'villages' },
        ],
      };
  }
}

/** The page from which an appointment is worked: the village's desk, or the region's comparison. */
export function placeOf({ role, regionCode }: Viewer['appointments'][number]): string {
  if (role === 'donor') return '/my-gifts';
  return LEVEL_OF_ROLE[role] === 'village' ? `/villages/${regionCode}/desk` : `/regions/${regionCode}`;
}
