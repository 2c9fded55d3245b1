import { formatPoints } from '../../src/platform/points.ts';
import { Shortcut } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { Icon } from '../shared/icon.tsx';
import { usePage } from '../shared/page-context.ts';
import { SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';

type RuleChoice = {
  code: string;
  name: string;
  pointsCentipoints: number;
  capPeriod: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'occasion' | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  capPer: 'household' | 'person';
};

export type RuleChoicesProps = {
  /** What was typed into the search; then `found` are its rules. */
  query: string;
  found: readonly RuleChoice[];
  /** Six at most. */
  recent: readonly RuleChoice[];
  categories: readonly { code: string; name: string; rules: readonly RuleChoice[] }[];
  /** The rule that is chosen, wherever it stands. */
  chosen?: RuleChoice | undefined;
  error?: string | undefined;
};

type RuleSearchProps = { query: string; isFirst: boolean };

/** Find a rule by a few letters. The button works without a script and keeps everything that was typed. */
export function RuleSearch({ query, isFirst }: RuleSearchProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <div class="field">
      <label class="field-label" for="rule-query">
        <span>
          {t('awards.new.ruleSearch')} <Shortcut name="F2" />
        </span>
      </label>
      <p class="field-hint" id="rule-query-hint">
        {t('awards.new.ruleSearchHint')}
      </p>
      <div class="search-row">
        <input
          class="input"
          id="rule-query"
          type="search"
          autofocus={isFirst}
          data-key="F2"
          accesskey="2"
          aria-keyshortcuts="F2"
          name="ruleQuery"
          value={query}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="rule-query-hint"
          data-search={href('/awards/new')}
        />
        <button type="submit" class="button button-secondary" name="find" value="rule">
          <Icon name="search" />
          <span>{t('shared.search')}</span>
        </button>
      </div>
    </div>
  );
}

/**
 * The rules to choose from; also the whole answer to the script that asks. All radio buttons have one name, so one rule is chosen at
 * most.
 */
export function RuleChoices({ query, found, recent, categories, chosen, error }: RuleChoicesProps) {
  const { t } = usePage();
  const all = categories.reduce((sum, { rules }) => sum + rules.length, 0);
  const offered = query === '' ? recent : found;
  const isOffered = offered.some(({ code }) => code === chosen?.code);
  return (
    <div class="flow" id="rule-choices">
      {chosen && !isOffered && (
        <RuleGroup id="rule-chosen" label={t('awards.new.chosenRule')} rules={[chosen]} chosen={chosen} error={error} />
      )}
      {query !== '' && (
        <p role="status" class="soft">
          {found.length > 0 ? t('awards.new.foundRulesCount', { count: found.length }) : t('awards.new.noRules')}
        </p>
      )}
      {offered.length > 0 && (
        <RuleGroup
          label={query === '' ? t('awards.new.recentRules') : t('awards.new.foundRules')}
          rules={offered}
          chosen={isOffered ? chosen : undefined}
          error={chosen && !isOffered ? undefined : error}
        />
      )}
      {query === '' && (
        <details class="more" open={recent.length === 0 && !chosen}>
          <summary>{t('awards.new.allRules', { count: all })}</summary>
          <div class="more-body flow">
            {categories.map(({ code, name, rules }, index) => (
              <RuleGroup
                key={code}
                id={recent.length === 0 && index === 0 && !chosen ? undefined : `rule-${code}`}
                label={name}
                rules={rules}
                error={recent.length === 0 && index === 0 ? error : undefined}
              />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

type RuleGroupProps = {
  id?: string | undefined;
  label: string;
  rules: readonly RuleChoice[];
  chosen?: RuleChoice | undefined;
  error?: string | undefined;
};

function RuleGroup({ id, label, rules, chosen, error }: RuleGroupProps) {
  return (
    <ChoiceGroup
      kind="radio"
      name="rule"
      id={id}
      label={label}
      columns="sentences"
      optional
      error={error}
      chosen={chosen ? [chosen.code] : []}
      choices={rules.map((rule) => ({
        value: rule.code,
        label: (
          <span class="rule-label">
            {rule.name} <SignedPoints centipoints={rule.pointsCentipoints} />
          </span>
        ),
        hint: <RuleCap rule={rule} />,
      }))}
    />
  );
}

function RuleCap({ rule }: { rule: RuleChoice }) {
  const { t } = usePage();
  if (rule.capPeriod === null) return null;
  const each = t(`awards.period.${rule.capPeriod}`);
  const period = rule.capPer === 'person' ? t('awards.period.eachPerson', { period: each }) : each;
  if (rule.capMaxCount !== null) return <>{t('awards.cap.count', { period, count: rule.capMaxCount })}</>;
  if (rule.capMaxCentipoints === null) return null;
  return <>{t('awards.cap.points', { period, points: formatPoints(Math.abs(rule.capMaxCentipoints)) })}</>;
}
