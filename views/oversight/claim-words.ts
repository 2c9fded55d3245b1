import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Of what waits for somebody's word, on the desk. */
export const claimTaskWords = defineWords({
  zhCN: {
    'oversight.task.claims.supervisor': '{count} 笔等您审批',
    'oversight.task.claims.committee': '{count} 笔等两委评议',
    'oversight.task.claims.group': '{count} 笔等小组初审',
    'oversight.task.claims.record': '{count} 笔住户申报等受理',
    'oversight.task.claimsHint': '审过才算分',
    'oversight.task.objections': '{count} 个公示异议等答复',
    'oversight.task.objectionsHint': '最早的一个 {day} 前要答复',
    'oversight.task.toPost': '{count} 笔等张榜公示',
    'oversight.task.toPostHint': '张贴了，天数才开始算',
    'oversight.task.returned': '{count} 笔退回来要改',
    'oversight.task.returnedHint': '照原因改好了再报，或者撤回',
  },
  en: {
    'oversight.task.claims.supervisor': '{count} {count|entry|entries} for you to approve',
    'oversight.task.claims.committee': '{count} {count|entry|entries} for committee review',
    'oversight.task.claims.group': '{count} {count|entry|entries} for group review',
    'oversight.task.claims.record': '{count} {count|claim|claims} by households to accept',
    'oversight.task.claimsHint': 'They count only once approved',
    'oversight.task.objections': '{count} {count|objection|objections} to answer',
    'oversight.task.objectionsHint': 'The first one by {day}',
    'oversight.task.toPost': '{count} {count|entry|entries} to post on the notice board',
    'oversight.task.toPostHint': 'The days count only once they are posted',
    'oversight.task.returned': '{count} returned {count|entry|entries} to correct',
    'oversight.task.returnedHint': 'Correct as the reason says and submit again, or withdraw',
  },
});
