import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

/** Stands in the same place on every page, whatever its frame; `part` is the one of the three whose page this is. */
export function HelpLink({ part }: { part?: 'villager' }) {
  const { t } = usePage();
  return (
    <a class="account-link" href={part ? `/help#${part}` : '/help'}>
      <Icon name="help" />
      {t('shared.help')}
    </a>
  );
}
