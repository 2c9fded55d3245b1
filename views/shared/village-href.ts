import { usePage } from './page-context.ts';

/** Addresses below the village of this page: `const href = useVillageHref(); href('/cards')`. */
export function useVillageHref(): (path?: string) => string {
  const { village } = usePage();
  return (path = '') => `/villages/${village?.code ?? ''}${path}`;
}
