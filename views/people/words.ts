import { defineWords } from '../../src/platform/i18n/locale.ts';

export const peopleWords = defineWords({
  zhCN: {
    'people.home.title': '工作台',
    'people.home.doors': '要做什么',
    'people.home.tasks': '今天要做',
    'people.home.nothingToDo': '今天没有要办的事',
    'people.home.nothingToDoHint': '库存够用，公示按时，没有人提出异议。',
    'people.home.taskCount': '{count} 件',
    'people.home.lastActs': '刚办过的',
    'people.home.noActs': '还没有记录',
    'people.home.noActsHint': '加一次分或兑换一次，这里就会显示。',
    'people.home.allActs': '全部操作记录',
    'people.home.actNumber': '第 {seq} 号',
    'people.home.undoOf': '撤销第 {seq} 号',
  },
  en: {
    'people.home.title': 'Workbench',
    'people.home.doors': 'What would you like to do?',
    'people.home.tasks': 'For today',
    'people.home.nothingToDo': 'Nothing to do today',
    'people.home.nothingToDoHint': 'Stock is sufficient, notices are on time, no objection is open.',
    'people.home.taskCount': '{count}',
    'people.home.lastActs': 'Last actions',
    'people.home.noActs': 'No records yet',
    'people.home.noActsHint': 'They appear here after the first points or exchange.',
    'people.home.allActs': 'All records',
    'people.home.actNumber': 'No. {seq}',
    'people.home.undoOf': 'Undo no. {seq}',
  },
});
