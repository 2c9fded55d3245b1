import { defineWords } from '../../src/platform/i18n/locale.ts';

export const auditlogWords = defineWords({
  zhCN: {
    'auditlog.record.title': '第 {seq} 号记录',
    'auditlog.record.lead': '{village}公开账本里的一条，{day}记的。',
    'auditlog.record.good': '这条记录是真的',
    'auditlog.record.bad': '这条记录核对不上',
    'auditlog.record.included.good': '这条记录在公开账本里。',
    'auditlog.record.included.bad': '公开账本里没有这条记录，或者内容不一样。',
    'auditlog.record.seal.good': '账本的签名是真的。',
    'auditlog.record.seal.bad': '账本的签名不对。',
    'auditlog.record.seal.newKey': '账本换过签名的密钥，和您上次看到的不是同一本账。',
    'auditlog.record.history.good': '从您上次查看到现在，以前的记录没有被改过。',
    'auditlog.record.history.first': '第一次查看：账本的样子已经记在这台手机里，下次自动比对。',
    'auditlog.record.history.bad': '账本和您上次看到的对不上：以前的记录被改过或少了。',
    'auditlog.record.history.server': '每次用同一台手机查看，还能自动比对以前的记录有没有改过、少过。',
    'auditlog.record.byServer': '系统核对',
    'auditlog.record.byPhone': '本机核对',
    'auditlog.record.whatNow': '请截图，告诉驻村第一书记或县里。不要清除浏览器数据。',
    'auditlog.record.noScript':
      '以上是系统自己核对的结果。要让手机来核对，请用手机自带的浏览器打开，并允许 JavaScript。',
    'auditlog.record.unable':
      '这个浏览器不能自己核对，以上是系统核对的结果。请换一个新些的浏览器，或从 https 网址打开。',
    'auditlog.record.unsealed': '这个浏览器还不会核对签名，签名那一条是系统核对的。换一个新些的浏览器就能自己核对。',
    'auditlog.record.unreachable': '刚才没能取到账本，以上是系统核对的结果。请检查网络，再刷新一次。',
    'auditlog.record.content': '看这一笔记了什么',
    'auditlog.record.details': '技术细节',
    'auditlog.record.detailsText':
      '账本是一棵哈希树，每条记录是一片叶子。凭下面的内容，任何人都能用标准工具（C2SP tlog-proof）自己核对。',
    'auditlog.record.id': '编号',
    'auditlog.record.type': '类型',
    'auditlog.record.leafHash': '叶子哈希',
    'auditlog.record.entry': '记录原文',
    'auditlog.record.treeSize': '签名时共有',
    'auditlog.record.entries': '{count} 条',
    'auditlog.record.checkpoint': '带签名的检查点',
    'auditlog.record.receipt': '下载这条记录的证明',
    'auditlog.record.auditor': '给核对账本的人',
    'auditlog.log.title': '公开账本的核对',
    'auditlog.log.lead':
      '{village}的每一笔都写进公开账本，写进去就改不了。谁都能用标准工具核对，不用登录，不用问村里。',
    'auditlog.log.identity': '核对要用的三样',
    'auditlog.log.origin': '账本名称',
    'auditlog.log.vkey': '验证密钥',
    'auditlog.log.address': '账本地址',
    'auditlog.log.keepKey': '请把验证密钥抄下来或拍下来。以后它变了，就不是原来那本账。',
    'auditlog.log.moved': '网址换过了，账本名称还是开账时的“{origin}”。名称和密钥永远不变。',
    'auditlog.log.now': '账本现在的样子',
    'auditlog.log.size': '已签名',
    'auditlog.log.root': '树根哈希',
    'auditlog.log.checkpoint': '带签名的检查点',
    'auditlog.log.keepCheckpoint': '保存好检查点：以后只要有一条旧记录被改，用它一比就知道。',
    'auditlog.log.how': '怎么核对',
    'auditlog.log.howProgram': '用随本系统提供的核对程序（和服务器不共用代码）：',
    'auditlog.log.howProgramText':
      '它逐条核对签名、全部记录和哈希树，再把每户余额和库存从头算一遍，并保存检查点供下次比对。',
    'auditlog.log.howStandard': '用别的工具：账本按 C2SP 标准公开，认这些格式的工具都能用。',
    'auditlog.log.files': '账本的公开文件',
    'auditlog.log.file.checkpoint': '检查点（signed-note，Ed25519）',
    'auditlog.log.file.tile': '哈希块',
    'auditlog.log.file.entries': '记录原文，每块最多 256 条',
    'auditlog.log.file.receipt': '第 N 号记录的证明（tlog-proof）',
    'auditlog.log.file.vkey': '验证密钥',
    'auditlog.log.download': '下载全部记录（每行一条）',
    'auditlog.log.closed': '以前的账本停用了',
    'auditlog.log.closedText':
      '账本 {name} 签到第 {count} 条后接不下去，已经停用，由现在这本接着记。停用前最后的签名一直留着，可以用来核对丢了哪些记录。',
    'auditlog.log.closedCheckpoint': '停用前最后的签名',
    'auditlog.log.county': '县里给各村账本留的底',
    'auditlog.log.witnesses': '见证方',
    'auditlog.log.witnessesText':
      '每次签名以后，请它们核对账本只增不改，再一起签上名。要改账本，先得骗过它们。它们的验证密钥：',
    'auditlog.county.title': '县里的账本',
    'auditlog.county.lead': '{county}各村的账本，县里都留着底。谁都能查，不用登录。',
    'auditlog.county.why': '留底有什么用',
    'auditlog.county.why.kept': '村里的账有新记录，县里就把它带签名的样子记下来，一小时最多一次。记下来的也改不了。',
    'auditlog.county.why.rewritten': '谁把村里的旧账重写一遍，和这里留的底就对不上，一查就知道是哪个村。',
    'auditlog.county.why.limit':
      '各村的账和县里的账在同一台服务器上。要防整台服务器都被改，请自己保存检查点，或请别的县来见证。',
    'auditlog.county.villages': '各村最近一次留底',
    'auditlog.county.village': '村',
    'auditlog.county.kept': '留底时间',
    'auditlog.county.size': '当时的记录',
    'auditlog.county.none': '还没有留底',
    'auditlog.county.noneHint': '系统开起来一两分钟后，会自动给各村留第一次底。',
    'auditlog.county.checkpoints': '{count} 次留底',
    'auditlog.log.means': '核对能说明什么',
    'auditlog.log.means.proves': '能说明：记录没有被改过，没有少，大家看到的是同一本账。',
    'auditlog.log.means.not': '不能说明：这些分该不该给。有疑问，请在公示期提出异议，异议和答复也会公开。',
    'auditlog.log.means.privacy':
      '账本里没有姓名，只有随机代号。但村子不大，知道日子和分数的邻居，有可能猜到是哪一户。',
    'refusal.log_behind': '这条记录刚刚写入，签名还没轮到它。请等几秒再打开。',
    'refusal.log_guard_lost':
      '公开账本暂停签名：找不到上一次签名的文件。加分和兑换照常。请系统管理员从备份恢复数据文件夹里的 log 目录。',
    'refusal.log_guard_damaged':
      '公开账本暂停签名：上一次签名的文件损坏。加分和兑换照常。请系统管理员从备份恢复数据文件夹里的 log 目录。',
    'refusal.log_key_changed':
      '公开账本暂停签名：现在的密钥不是原来那一把。加分和兑换照常。请系统管理员从备份恢复数据文件夹里的 log-seed 文件。',
    'refusal.log_beginning_lost':
      '公开账本暂停签名：旧账本已经停用，但数据库里没有新账本开头的那一条，可能又恢复了旧备份。加分和兑换照常。请系统管理员恢复更新的备份。',
    'refusal.log_rolled_back':
      '公开账本暂停签名：已经签过 {signed} 条，数据库里只有 {found} 条，可能恢复了旧备份。加分和兑换照常。请系统管理员恢复更新的备份。',
    'refusal.log_rewritten':
      '公开账本暂停签名：前 {signed} 条和签过的不一样，有人改过数据库。加分和兑换照常。请系统管理员核对数据，并告诉上级。',
  },
  en: {
    'auditlog.record.title': 'Entry no. {seq}',
    'auditlog.record.lead': 'An entry in the public record of {village}, made on {day}.',
    'auditlog.record.good': 'This entry is genuine',
    'auditlog.record.bad': 'This entry does not check out',
    'auditlog.record.included.good': 'The entry is in the public record.',
    'auditlog.record.included.bad': 'The entry is not in the public record, or the record says something else.',
    'auditlog.record.seal.good': 'The signature of the record is genuine.',
    'auditlog.record.seal.bad': 'The signature of the record is wrong.',
    'auditlog.record.seal.newKey': 'The record is signed with another key: it is not the record you saw last time.',
    'auditlog.record.history.good': 'No earlier entry has been changed since your last visit.',
    'auditlog.record.history.first': 'First visit: next time this device will compare the record.',
    'auditlog.record.history.bad':
      'The record does not match what you saw last time: earlier entries were changed or removed.',
    'auditlog.record.history.server':
      'Each time you look with the same phone, it also checks that no earlier entry was changed.',
    'auditlog.record.byServer': 'checked by the server',
    'auditlog.record.byPhone': 'checked on this device',
    'auditlog.record.whatNow':
      'Take a screenshot and tell the first secretary or the county. Do not clear your browser data.',
    'auditlog.record.noScript':
      'This is what the system found itself. To let your phone check, open the page in the phone’s own browser and allow JavaScript.',
    'auditlog.record.unable':
      'This browser cannot check by itself; this is what the system found. Use a newer browser, or open the page from an https address.',
    'auditlog.record.unsealed':
      'This browser cannot check the signature yet, so the system checked it. A newer browser can check it itself.',
    'auditlog.record.unreachable':
      'The record could not be fetched just now; this is what the system found. Check the network and reload the page.',
    'auditlog.record.content': 'See what this entry says',
    'auditlog.record.details': 'Technical details',
    'auditlog.record.detailsText':
      'The record is a hash tree with one leaf for each entry. With what follows, anybody can check this entry with standard tools (C2SP tlog-proof).',
    'auditlog.record.id': 'ID',
    'auditlog.record.type': 'Type',
    'auditlog.record.leafHash': 'Leaf hash',
    'auditlog.record.entry': 'The entry itself',
    'auditlog.record.treeSize': 'Entries when signed',
    'auditlog.record.entries': '{count} {count|entry|entries}',
    'auditlog.record.checkpoint': 'Signed checkpoint',
    'auditlog.record.receipt': 'Download the proof of this entry',
    'auditlog.record.auditor': 'For those who check the record',
    'auditlog.log.title': 'Checking the public record',
    'auditlog.log.lead':
      'Everything that happens in {village} is written into the public record and cannot be changed afterwards. Anybody can check it with standard tools, without signing in and without asking the village.',
    'auditlog.log.identity': 'Three things you need to check',
    'auditlog.log.origin': 'Name of the record',
    'auditlog.log.vkey': 'Verifier key',
    'auditlog.log.address': 'Address of the record',
    'auditlog.log.keepKey':
      'Write the verifier key down or take a photo of it. If it ever changes, it is no longer the same record.',
    'auditlog.log.moved':
      'The web address has changed; the record keeps the name “{origin}” it began with. Its name and key never change.',
    'auditlog.log.now': 'The record as it is now',
    'auditlog.log.size': 'Signed',
    'auditlog.log.root': 'Root hash',
    'auditlog.log.checkpoint': 'Signed checkpoint',
    'auditlog.log.keepCheckpoint':
      'Keep the checkpoint: if any old entry is ever changed, comparing with it shows it at once.',
    'auditlog.log.how': 'How to check',
    'auditlog.log.howProgram': 'With the verifier that comes with this system (it shares no code with the server):',
    'auditlog.log.howProgramText':
      'It checks the signature, every entry and the hash tree, works out every balance and the stock from the beginning, and saves the checkpoint to compare with next time.',
    'auditlog.log.howStandard':
      'With other tools: the record is published in the C2SP formats, so any tool that knows them works.',
    'auditlog.log.files': 'Public files of the record',
    'auditlog.log.file.checkpoint': 'checkpoint (signed-note, Ed25519)',
    'auditlog.log.file.tile': 'hash tiles',
    'auditlog.log.file.entries': 'the entries themselves, up to 256 in a bundle',
    'auditlog.log.file.receipt': 'proof of entry N (tlog-proof)',
    'auditlog.log.file.vkey': 'verifier key',
    'auditlog.log.download': 'Download all entries (one per line)',
    'auditlog.log.closed': 'An earlier record was closed',
    'auditlog.log.closedText':
      'The record {name} was signed up to {count} {count|entry|entries} and could not be continued. It is closed, and this record carries on from it. Its last signature is kept here and shows which entries were lost.',
    'auditlog.log.closedCheckpoint': 'The last signature of the closed record',
    'auditlog.log.county': 'What the county keeps of every village’s record',
    'auditlog.log.witnesses': 'Witnesses',
    'auditlog.log.witnessesText':
      'After each signature they check that the record has only grown, and sign it too. Whoever wants to change the record has to deceive them first. Their verifier keys:',
    'auditlog.county.title': 'The county’s record',
    'auditlog.county.lead':
      'The county keeps a copy of the signed state of every village’s record in {county}. Anybody can check it without signing in.',
    'auditlog.county.why': 'What the copies are for',
    'auditlog.county.why.kept':
      'When a village has new entries, the county writes down the signed state of its record, at most once an hour. What is written down cannot be changed either.',
    'auditlog.county.why.rewritten':
      'If somebody rewrites a village’s old entries, they no longer match the copies kept here, and a check shows which village it is.',
    'auditlog.county.why.limit':
      'The villages’ records and the county’s are on the same server. To guard against a change of the whole server, keep checkpoints yourself or ask another county to act as witness.',
    'auditlog.county.villages': 'Latest copy for each village',
    'auditlog.county.village': 'Village',
    'auditlog.county.kept': 'Copied on',
    'auditlog.county.size': 'Entries then',
    'auditlog.county.none': 'No copies yet',
    'auditlog.county.noneHint':
      'A minute or two after the system starts, it makes the first copy for each village by itself.',
    'auditlog.county.checkpoints': '{count} {count|copy|copies}',
    'auditlog.log.means': 'What a check tells you',
    'auditlog.log.means.proves':
      'It tells you that no entry was changed or removed, and that everybody sees the same record.',
    'auditlog.log.means.not':
      'It does not tell you whether points were deserved. If you have doubts, object while the entry is posted; objections and answers are public too.',
    'auditlog.log.means.privacy':
      'The record holds no names, only random pseudonyms. But the village is small: neighbours who know the day and the points may guess which household it is.',
    'refusal.log_behind':
      'This entry was written a moment ago and has not been signed yet. Open it again in a few seconds.',
    'refusal.log_guard_lost':
      'Signing of the public record has stopped: the file with its last signature is missing. Awards and exchanges go on as usual. The administrator should restore the “log” folder of the data folder from a backup.',
    'refusal.log_guard_damaged':
      'Signing of the public record has stopped: the file with its last signature is damaged. Awards and exchanges go on as usual. The administrator should restore the “log” folder of the data folder from a backup.',
    'refusal.log_key_changed':
      'Signing of the public record has stopped: the present key is not the original one. Awards and exchanges go on as usual. The administrator should restore the file “log-seed” of the data folder from a backup.',
    'refusal.log_beginning_lost':
      'Signing of the public record has stopped: the old record was closed, but the first entry of the new one is not in the database; an old backup may have been restored again. Awards and exchanges go on as usual. The administrator should restore a newer backup.',
    'refusal.log_rolled_back':
      'Signing of the public record has stopped: {signed} entries were signed, but the database holds only {found}; an old backup may have been restored. Awards and exchanges go on as usual. The administrator should restore a newer backup.',
    'refusal.log_rewritten':
      'Signing of the public record has stopped: the first {signed} entries are not what was signed, so somebody changed the database. Awards and exchanges go on as usual. The administrator should check the data and tell the higher offices.',
  },
});
