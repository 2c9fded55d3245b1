import { type HelpTopic, helpTopic } from './help-topic.ts';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

/** Stands in the same place on every page, whatever its frame, and leads to what is said about this page. */
export function HelpLink({ part }: { part?: HelpTopic }) {
  const { t, path, viewer } = usePage();
  const topic = part ?? helpTopic(path, Boolean(viewer));
  return (
    <a class="account-link" href={topic ? `/help#${topic}` : '/help'}>
      <Icon name="help" />
      {t('shared.help')}
    </a>
  );
}
