import { Shortcut } from '../shared/button.tsx';
import { usePage } from '../shared/page-context.ts';
import type { DecisionsProps } from './decisions.tsx';

type HouseholdCodeProps = {
  /** Of what was typed last, without a script: what fits nobody or several. */
  asked: DecisionsProps['open'];
  /** The next one is to be typed or scanned here. */
  isNext: boolean;
};

/**
 * One field for whoever stands there: a scanned card, a name, initials, a pasted list. Each Enter ticks a household of the list below:
 * by the script, or by the server, which draws the page anew with the cursor here again.
 */
export function HouseholdCode({ asked, isNext }: HouseholdCodeProps) {
  const { t } = usePage();
  const candidates = asked.flatMap((name) => name.candidates);
  // Of namesakes nobody is guessed.
  const isGuess = candidates[0] !== undefined && candidates[0].headName !== candidates[1]?.headName;
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
        name="code"
        autofocus={isNext && !isGuess}
        accesskey="3"
        maxLength={2000}
        data-scan
        data-key="F3"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        enterkeyhint="done"
        aria-keyshortcuts="F3"
        aria-describedby="household-code-hint household-code-said"
      />
      {asked.length > 0 && <input type="hidden" name="asked" value={asked.map(({ text }) => text).join('、')} />}
      <ul class="candidate-list" id="household-candidates" hidden={candidates.length === 0}>
        {candidates.map(({ number, headName, groupName }, place) => (
          <li key={number}>
            <button class="candidate" type="submit" name="take" value={number} autofocus={isGuess && place === 0}>
              {headName} {groupName} {number.slice(-4)}
            </button>
          </li>
        ))}
      </ul>
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
        {asked
          .filter((name) => name.candidates.length === 0)
          .map(({ text }) => t('awards.new.codeNone', { words: text }))
          .join(' ') || '\u00a0'}
      </p>
    </div>
  );
}
