import { Shortcut } from '../shared/button.tsx';
import { usePage } from '../shared/page-context.ts';

/**
 * One field for whoever stands there: a scanned card, a name, initials, a pasted list. With a script each Enter ticks a household of
 * the list below; without one what stands here counts as the first line of the pasted list.
 */
export function HouseholdCode() {
  const { t } = usePage();
  return (
    <div class="field">
      <label class="field-label" for="household-code">
        <span>
          {t('awards.new.code')} <Shortcut name="F3" />
        </span>
      </label>
      <p class="field-hint" id="household-code-hint">
        {t('awards.new.codeHint')}
      </p>
      <input
        class="input counter-input"
        id="household-code"
        name="names"
        data-scan
        data-key="F3"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        enterkeyhint="done"
        aria-keyshortcuts="F3"
        aria-describedby="household-code-hint household-code-said"
      />
      <ul class="candidate-list" id="household-candidates" hidden />
      <p
        class="soft"
        id="household-code-said"
        role="status"
        data-added={t('awards.new.codeAdded', { name: '{name}', group: '{group}' })}
        data-twice={t('awards.new.codeTwice', { name: '{name}', group: '{group}' })}
        data-none={t('awards.new.codeNone', { words: '{words}' })}
        data-same={t('awards.new.codeSame')}
        data-scanned={t('awards.new.codeScanned')}
        data-pasted={t('awards.new.codePasted')}
        data-fits={t('awards.new.codeFits', { count: '{count}' })}
      >
        {'\u00a0'}
      </p>
    </div>
  );
}
