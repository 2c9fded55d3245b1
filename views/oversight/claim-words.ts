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
    'oversight.task.claims.supervisor': '{count} lines wait for your approval',
    'oversight.task.claims.committee': '{count} lines wait for the committee',
    'oversight.task.claims.group': '{count} lines wait for the first look',
    'oversight.task.claims.record': '{count} claims of households wait to be taken up',
    'oversight.task.claimsHint': 'They count once approved',
    'oversight.task.objections': '{count} objections wait for an answer',
    'oversight.task.objectionsHint': 'The first one by {day}',
    'oversight.task.toPost': '{count} lines wait to be posted',
    'oversight.task.toPostHint': 'The days begin when they hang on the board',
    'oversight.task.returned': '{count} lines were returned',
    'oversight.task.returnedHint': 'Amend and submit them again, or withdraw them',
  },
});
