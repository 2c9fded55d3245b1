import type { ClaimStep, WaitingCounts } from '../../src/claims/index.ts';
import type {
  DeskOperation,
  DeskState,
  FirstStep,
  MonthReview,
  OwnedWarning,
  SecondLooks,
  VillageWork,
} from '../../src/oversight/index.ts';
import type { Locale } from '../../src/platform/i18n/locale.ts';
import { HomePage, type HomeTask } from '../people/home-page.tsx';
import { LinkButton } from '../shared/button.tsx';
import { ButtonBlock } from '../shared/button-block.tsx';
import { formatMonth } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import type { DoorName } from '../shared/door-tile.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { claimTasks } from './claim-tasks.ts';
import { countWarnings } from './count-warnings.ts';
import { FirstStepsBox } from './first-steps.tsx';
import { isSound, MonthReviewPanel } from './month-review.tsx';
import { recentAct } from './recent-acts.ts';
import { secondTasks } from './second-tasks.ts';
import { warningTasks } from './warning-tasks.ts';
import { workTasks } from './work-tasks.ts';

export type DeskPageProps = {
  villageHref: string;
  state: DeskState;
  warnings: readonly OwnedWarning[];
  operations: readonly DeskOperation[];
  /** What waits for somebody's word, and who doubts what is posted. */
  claims: WaitingCounts;
  objections: { count: number; firstAnswerBy: string | null };
  work: VillageWork;
  /** What others did, and the reader may look at as the second person. */
  looks: SecondLooks;
  /** What the reader may do decides doors, tasks and buttons. */
  rights: {
    award: boolean;
    redeem: boolean;
    receive: boolean;
    open: boolean;
    reverse: boolean;
    publish: boolean;
    waive: boolean;
    /** Is told of gifts that wait for a second person among what waits for one. */
    inspect: boolean;
    /** Which words the reader may give. */
    steps: Readonly<Record<ClaimStep, boolean>>;
  };
  /** The month that waits for the supervisor, or the running one. */
  review: MonthReview | null;
  /** What a new village still has to do; null once all is done. */
  steps: Readonly<Record<FirstStep, boolean>> | null;
};

export type Language = { t: Translate; locale: Locale; today: string };

/** What waits with gifts and wishes; who may inspect gifts is told of them at once, among what waits for a second person. */
const GIVING = ['wishesUnchecked', 'wishesRunOut', 'thanksDue'] as const;

/** 工作台 of the manager and of the supervisor; offices above read it without buttons. */
export function DeskPage(props: DeskPageProps) {
  const { villageHref, state, warnings, operations, rights, review } = props;
  const { t, locale, today } = usePage();
  const language = { t, locale, today };
  const doors = doorsOf(rights);
  const waits = review !== null && isWaiting(review, state);
  const month = review && (
    <MonthReviewPanel review={review} villageHref={villageHref} mayPublish={rights.publish} waits={waits} />
  );
  // A month that nobody waits for and in which everything agrees comes after what today asks for.
  const monthFirst = review !== null && (waits || !isSound(review));
  return (
    <HomePage
      doors={doors.map((door) => ({ door, href: `${villageHref}/${DOOR_PATHS[door]}` }))}
      tasks={[
        ...claimTasks(props, language),
        ...warningTasks(['handoverDue'], props, language),
        ...secondTasks(props, language),
        ...warningTasks(rights.inspect ? GIVING : [...GIVING, 'giftsUninspected'], props, language),
        ...workTasks(props, language),
        ...tasksOf({ state, warnings, rights, villageHref }, language),
      ]}
      recentActs={operations.map((operation) => recentAct(operation, rights.reverse, villageHref, language))}
      logHref={`${villageHref}/acts`}
      after={
        <>
          {!monthFirst && month}
          <OtherWork villageHref={villageHref} year={today.slice(0, 4)} mayWaive={rights.waive} />
        </>
      }
    >
      {props.steps && <FirstStepsBox done={props.steps} villageHref={villageHref} />}
      {monthFirst && month}
    </HomePage>
  );
}

/** What is not done every day. */
function OtherWork({ villageHref, year, mayWaive }: { villageHref: string; year: string; mayWaive: boolean }) {
  const { t } = usePage();
  return (
    <Panel title={t('oversight.work.title')}>
      <ButtonBlock>
        <LinkButton href={`${villageHref}/claims`}>{t('claims.title')}</LinkButton>
        <LinkButton href={`${villageHref}/gifts`}>{t('donations.gifts')}</LinkButton>
        <LinkButton href={`${villageHref}/wish-desk`}>{t('wishes.desk')}</LinkButton>
        <LinkButton href={`${villageHref}/inspections`}>{t('oversight.work.inspections')}</LinkButton>
        <LinkButton href={`${villageHref}/problems`}>{t('oversight.work.problems')}</LinkButton>
        <LinkButton href={`${villageHref}/reminders`}>{t('reminders.title')}</LinkButton>
        <LinkButton href={`${villageHref}/activities`}>{t('activities.title')}</LinkButton>
        <LinkButton href={`${villageHref}/honours`}>{t('honours.title')}</LinkButton>
        <LinkButton href={`${villageHref}/samples`}>{t('oversight.work.samples')}</LinkButton>
        <LinkButton href={`${villageHref}/charts`}>{t('oversight.charts.link')}</LinkButton>
        <LinkButton href={`${villageHref}/years/${year}`}>{t('oversight.year.link', { year })}</LinkButton>
        <LinkButton href={`${villageHref}/reservations`}>{t('reservations.title')}</LinkButton>
        <LinkButton href={`${villageHref}/handovers`}>{t('handovers.title')}</LinkButton>
        {mayWaive && <LinkButton href={`${villageHref}/waivers`}>{t('oversight.work.waivers')}</LinkButton>}
      </ButtonBlock>
    </Panel>
  );
}

const DOOR_PATHS: Readonly<Record<DoorName, string>> = {
  awards: 'awards/new',
  exchange: 'counter',
  goods: 'receipts/new',
  publication: 'publications',
  households: 'cards',
  shelf: 'goods',
  record: 'acts',
  rules: 'rules',
};

/** Nobody is shown a door that is closed to them. */
function doorsOf({ award, redeem }: DeskPageProps['rights']): readonly DoorName[] {
  if (award && redeem) return ['awards', 'exchange', 'goods', 'households'];
  if (award) return ['awards', 'households', 'shelf', 'record'];
  if (redeem) return ['exchange', 'goods', 'households', 'record'];
  return ['publication', 'households', 'shelf', 'record'];
}

function isWaiting({ month }: MonthReview, { unpublishedMonths }: DeskState): boolean {
  return unpublishedMonths.includes(month);
}

function tasksOf(
  { state, warnings, rights, villageHref }: Pick<DeskPageProps, 'state' | 'warnings' | 'rights' | 'villageHref'>,
  language: Language,
): HomeTask[] {
  const { t } = language;
  const { householdCount, unopenedCardCount, unpublishedMonths } = state;
  const goodsHref = rights.receive ? `${villageHref}/receipts/new` : `${villageHref}/goods`;
  const tasks: HomeTask[] = [];
  if (householdCount === 0 && rights.open) {
    tasks.push({
      href: `${villageHref}/cards/new`,
      label: t('oversight.task.noHouseholds'),
      detail: t('oversight.task.noHouseholdsHint'),
      tone: 'warning',
    });
  }
  const [oldest] = unpublishedMonths;
  if (oldest && rights.publish) {
    tasks.push({
      href: `${villageHref}/publications/new?month=${oldest}`,
      label: unpublishedText(unpublishedMonths, language),
      detail: t('oversight.task.unpublishedHint'),
      tone: unpublishedMonths.length > 1 ? 'bad' : 'warning',
    });
  }
  const { red, yellow } = countWarnings(warnings);
  if (red + yellow > 0) {
    tasks.push({
      href: `${villageHref}/warnings`,
      label: t('oversight.task.warnings', { red, yellow }),
      detail: t('oversight.task.warningsHint'),
      tone: red > 0 ? 'bad' : 'warning',
    });
  }
  for (const { label, tone, path, codes } of GOODS_TASKS) {
    const names = namesOf(warnings, codes);
    if (names.length === 0) continue;
    const listed = names.slice(0, NAMES_ON_DESK).join(t('shared.comma'));
    tasks.push({
      href: path === '/goods#expiring' ? `${villageHref}${path}` : goodsHref + path,
      label: t(label, { count: names.length }),
      detail: names.length > NAMES_ON_DESK ? t('oversight.andMore', { listed }) : listed,
      tone,
    });
  }
  if (unopenedCardCount > 0) {
    tasks.push({
      href: `${villageHref}/cards?status=registered`,
      label: t('oversight.task.unopened', { count: unopenedCardCount }),
      detail: t('oversight.task.unopenedHint'),
      tone: 'plain',
    });
  }
  if (oldest && !rights.publish) {
    tasks.push({
      href: `${villageHref}/publications`,
      label: unpublishedText(unpublishedMonths, language),
      detail: t('oversight.task.unpublishedOthers'),
      tone: 'plain',
    });
  }
  return tasks;
}

const NAMES_ON_DESK = 3;

/** What a storekeeper does about it is behind the link: take goods in, or look at those that come to their day. */
const GOODS_TASKS = [
  { label: 'oversight.task.gone', tone: 'bad', path: '', codes: ['gone'] },
  { label: 'oversight.task.expiring', tone: 'warning', path: '/goods#expiring', codes: ['expiring', 'expired'] },
  { label: 'oversight.task.low', tone: 'warning', path: '#low', codes: ['low'] },
] as const;

/** Each kind of goods once; what is blue has time. */
function namesOf(warnings: readonly OwnedWarning[], codes: readonly string[]): string[] {
  const names = warnings.flatMap(({ warning }) =>
    'name' in warning && codes.includes(warning.code) && (warning.level !== 'blue' || warning.code === 'low')
      ? [warning.name]
      : [],
  );
  return [...new Set(names)];
}

function unpublishedText(months: readonly string[], { t, locale }: Language): string {
  return t('oversight.task.unpublished', {
    months: months.map((month) => formatMonth(month, locale)).join(t('shared.comma')),
  });
}
