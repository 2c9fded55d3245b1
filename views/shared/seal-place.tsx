import { usePage } from './page-context.ts';

/** On a paper: where the village committee puts its seal. */
export function SealPlace() {
  const { t } = usePage();
  return <p class="seal-place">{t('shared.sealPlace')}</p>;
}
