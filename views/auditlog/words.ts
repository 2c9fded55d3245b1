import { defineWords } from '../../src/platform/i18n/locale.ts';

export const auditlogWords = defineWords({
  zhCN: {
    'refusal.log_behind': '这条记录刚刚写入，签名还没轮到它。请等几秒再打开。',
    'refusal.log_guard_lost':
      '公开账本暂停签名：找不到上一次签名的文件。加分和兑换照常。请管理员从备份恢复数据文件夹里的 log 目录。',
    'refusal.log_guard_damaged':
      '公开账本暂停签名：上一次签名的文件损坏。加分和兑换照常。请管理员从备份恢复数据文件夹里的 log 目录。',
    'refusal.log_key_changed':
      '公开账本暂停签名：现在的密钥不是原来那一把。加分和兑换照常。请管理员从备份恢复数据文件夹里的 log-seed 文件。',
    'refusal.log_rolled_back':
      '公开账本暂停签名：已经签过 {signed} 条，数据库里只有 {found} 条，可能恢复了旧备份。加分和兑换照常。请管理员恢复更新的备份。',
    'refusal.log_rewritten':
      '公开账本暂停签名：前 {signed} 条和签过的不一样，有人改过数据库。加分和兑换照常。请管理员核对数据，并告诉上级。',
  },
  en: {
    'refusal.log_behind':
      'This record was written a moment ago and is not signed yet. Please open it again in a few seconds.',
    'refusal.log_guard_lost':
      'The public log has stopped signing: the file of its last signature is missing. The counter goes on. The administrator should restore the folder "log" of the data folder from a backup.',
    'refusal.log_guard_damaged':
      'The public log has stopped signing: the file of its last signature is damaged. The counter goes on. The administrator should restore the folder "log" of the data folder from a backup.',
    'refusal.log_key_changed':
      'The public log has stopped signing: its key is not the one that it began with. The counter goes on. The administrator should restore the file "log-seed" of the data folder from a backup.',
    'refusal.log_rolled_back':
      'The public log has stopped signing: {signed} records were signed, but the database holds {found}; an old backup may have been restored. The counter goes on. The administrator should restore a newer backup.',
    'refusal.log_rewritten':
      'The public log has stopped signing: the first {signed} records are not the ones that were signed, so the database was altered. The counter goes on. The administrator should check the data and tell the offices above.',
  },
});
