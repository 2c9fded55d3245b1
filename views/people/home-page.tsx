import type { ComponentChildren } from 'preact';
import { DayText } from '../shared/day-text.tsx';
import { type DoorName, Doors, DoorTile } from '../shared/door-tile.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';

export type HomeTask = {
  href: string;
  /** What is to be done, in words: 菜籽油 5L 只剩 2 桶 */
  label: string;
  detail?: string | undefined;
  count?: number | undefined;
  tone: 'bad' | 'warning' | 'plain';
};

export type RecentAct = {
  seq: number;
  day: string;
  /** `09:12` */
  time: string;
  /** 王建国家 参加村组集中清扫 */
  sentence: string;
  deltaCentipoints?: number | undefined;
  href: string;
  /** Present as long as the act can be undone. */
  undoHref?: string | undefined;
};

export type HomePageProps = {
  doors: readonly { door: DoorName; href: string; hint?: string | undefined }[];
  tasks: readonly HomeTask[];
  recentActs: readonly RecentAct[];
  logHref: string;
  notice?: ComponentChildren;
  /** What only some readers need, between the doors and the lists. */
  children?: ComponentChildren;
  /** What is rarely needed: below the lists. */
  after?: ComponentChildren;
};

/** 工作台: four doors, what today asks for, and what was done last. */
export function HomePage({ doors, tasks, recentActs, logHref, notice, children, after }: HomePageProps) {
  const { t, today } = usePage();
  return (
    <Layout title={t('people.home.title')} lead={<DayText day={today} />} notice={notice}>
      <p
        id="connection"
        class="soft"
        role="status"
        data-online={t('shared.connected')}
        data-offline={t('shared.disconnected')}
        data-waiting={t('shared.waiting', { count: '{count}' })}
        hidden
      />
      <section aria-label={t('people.home.doors')}>
        <Doors>
          {doors.map((door) => (
            <DoorTile key={door.door} {...door} />
          ))}
        </Doors>
      </section>
      {children}
      <div class="two-columns">
        <Panel title={t('people.home.tasks')}>
          {tasks.length === 0 ? (
            <EmptyState title={t('people.home.nothingToDo')}>{t('people.home.nothingToDoHint')}</EmptyState>
          ) : (
            <ul class="tasks">
              {tasks.map((task) => (
                <TaskLine key={task.href} task={task} />
              ))}
            </ul>
          )}
        </Panel>
        <Panel title={t('people.home.lastActs')} aside={<a href={logHref}>{t('people.home.allActs')}</a>}>
          {recentActs.length === 0 ? (
            <EmptyState title={t('people.home.noActs')}>{t('people.home.noActsHint')}</EmptyState>
          ) : (
            <ol class="acts">
              {recentActs.map((act) => (
                <ActLine key={act.seq} act={act} />
              ))}
            </ol>
          )}
        </Panel>
      </div>
      {after}
    </Layout>
  );
}

function TaskLine({ task }: { task: HomeTask }) {
  const { t } = usePage();
  return (
    <li>
      <a class={`task task-${task.tone}`} href={task.href}>
        <Icon name={task.tone === 'plain' ? 'clock' : 'warning'} />
        <span class="task-words">
          <span class="task-label">{task.label}</span>
          {task.detail && <span class="task-detail">{task.detail}</span>}
        </span>
        {task.count !== undefined && (
          <span class="task-count">{t('people.home.taskCount', { count: task.count })}</span>
        )}
      </a>
    </li>
  );
}

function ActLine({ act }: { act: RecentAct }) {
  const { t } = usePage();
  return (
    <li class="act">
      <span class="act-words">
        <span>
          {act.sentence} {act.deltaCentipoints !== undefined && <SignedPoints centipoints={act.deltaCentipoints} />}
        </span>
        <span class="act-detail">
          <DayText day={act.day} time={act.time} short />
          <a href={act.href}>{t('people.home.actNumber', { seq: act.seq })}</a>
        </span>
      </span>
      {act.undoHref && (
        <a class="button button-secondary" href={act.undoHref} aria-label={t('people.home.undoOf', { seq: act.seq })}>
          {t('shared.undo')}
        </a>
      )}
    </li>
  );
}
