import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Of who stands at the counter: digits, proxies, and people who confirm. */
export const presenceWords = defineWords({
  zhCN: {
    'exchange.presence.pin': '兑换密码',
    'exchange.presence.pinHint': '请本户的人自己输，您不要看。',
    'exchange.presence.locked': '今天输错太多，密码停用到明天。可以到“住户”里重开，或请在场的人当面确认。',
    'exchange.presence.more': '别人代领，或拍照确认',
    'exchange.presence.moreWithPin': '别人代领，或想不起密码',
    'exchange.presence.proxy': '谁来领',
    'exchange.presence.proxy.self': '本户',
    'exchange.presence.proxy.family': '家人',
    'exchange.presence.proxy.neighbour': '邻居',
    'exchange.presence.proxy.cadre': '村干部',
    'exchange.presence.proxyName': '代领人姓名',
    'exchange.presence.proxyNameHint': '不是本户的人，一定要写。公开账本里不写姓名。',
    'exchange.presence.confirmedBy': '当面确认的人',
    'exchange.presence.confirmedByHint':
      '本户的人想不起密码时，请在场认识他的人确认，写那个人的姓名。村干部代领要两个人。',
    'exchange.presence.confirmedByToo': '当面确认的第二个人',
    'exchange.presence.fetchedBy': '代领',
    'exchange.presence.fetched': '{relation} {name}',
    'exchange.presence.confirmed': '当面确认',
    'exchange.presence.photo': '拍照确认',
    'exchange.presence.photoHint':
      '先问来的人同不同意，同意了再拍一张他本人的。本户的人想不起密码，也可以这样确认。只有村里办事的人能看，不要拍小孩。',
    'exchange.presence.photoConsentLabel': '来的人同意吗',
    'exchange.presence.photoConsent': '本人同意拍照并留存',
    'exchange.presence.photoAgreed': '本人同意',
    'refusal.proxy_relation_needed': '写了代领人姓名，请再选他是家人、邻居还是村干部。',
    'refusal.proxy_name_needed': '邻居和村干部代领，请写代领人姓名。',
    'refusal.confirmed_by_recorder': '{name}正在办这笔兑换，不能自己确认。请另外找一个在场的人。',
    'refusal.confirmed_by_proxy': '{name}是代领人，不能自己确认。请另外找一个在场的人。',
    'refusal.cadre_needs_two': '村干部代领，要两个在场的人当面确认，现在写了 {given} 个，请写满两个。',
    'refusal.proxy_too_often': '{name}今天已经替别的户领过，最多 {most} 户。请本户的人来，或明天再领。',
    'refusal.photo_consent_needed':
      '照片没有留下：要来的人同意才能拍。同意的，请勾上“本人同意拍照并留存”，再选一次照片；不同意的，不要照片。',
    'refusal.photo_used_already': '这张照片已经确认过第 {seq} 号兑换，不能再用。请当场重新拍一张。',
    'refusal.pin_needed_from_proxy': '这一户设了兑换密码。代领的人要输本户告诉他的密码；不知道的，请本户的人自己来。',
  },
  en: {
    'exchange.presence.pin': 'Counter PIN',
    'exchange.presence.pinHint': 'A member of the household types it; please do not look',
    'exchange.presence.locked':
      'Too many wrong tries today: the PIN is locked until tomorrow. Unlock it under “Households”, or let somebody present confirm who they are.',
    'exchange.presence.more': 'Somebody else collects, or confirm with a photo',
    'exchange.presence.moreWithPin': 'Somebody else collects, or the PIN is forgotten',
    'exchange.presence.proxy': 'Who collects',
    'exchange.presence.proxy.self': 'The household',
    'exchange.presence.proxy.family': 'Family',
    'exchange.presence.proxy.neighbour': 'Neighbour',
    'exchange.presence.proxy.cadre': 'Village official',
    'exchange.presence.proxyName': 'Name of the person who collects',
    'exchange.presence.proxyNameHint':
      'Required for anybody outside the household. The public record does not show names.',
    'exchange.presence.confirmedBy': 'Confirmed in person by',
    'exchange.presence.confirmedByHint':
      'If the household cannot remember its PIN, somebody present who knows them can confirm; enter that person’s name. If a village official collects, two people must confirm.',
    'exchange.presence.confirmedByToo': 'Second person who confirms',
    'exchange.presence.fetchedBy': 'Collected by',
    'exchange.presence.fetched': '{relation} {name}',
    'exchange.presence.confirmed': 'Confirmed in person by',
    'exchange.presence.photo': 'Confirm with a photo',
    'exchange.presence.photoHint':
      'Ask the person first, and take a photo of them only if they agree. This also works if the household cannot remember its PIN. Only village staff can see it. Do not photograph children.',
    'exchange.presence.photoConsentLabel': 'Does the person agree',
    'exchange.presence.photoConsent': 'The person agrees to the photo being taken and kept',
    'exchange.presence.photoAgreed': 'with the person’s consent',
    'refusal.photo_consent_needed':
      'The photo was not kept: the person must agree first. If they agree, tick “The person agrees to the photo being taken and kept” and choose the photo again; if not, leave the photo out.',
    'refusal.photo_used_already':
      'This photo already confirmed exchange no. {seq} and cannot be used again. Please take a new one.',
    'refusal.proxy_relation_needed':
      'You entered the name of a person who collects. Choose whether it is family, a neighbour or a village official.',
    'refusal.proxy_name_needed': 'If a neighbour or village official collects, enter their name.',
    'refusal.confirmed_by_recorder':
      '{name} is handling this exchange and cannot confirm it. Ask somebody else who is present.',
    'refusal.confirmed_by_proxy':
      '{name} is collecting the goods and cannot confirm. Ask somebody else who is present.',
    'refusal.cadre_needs_two':
      'If a village official collects, two people present must confirm; so far you entered {given}.',
    'refusal.proxy_too_often':
      '{name} has already collected for other households today, at most {most} a day. Let the household come itself, or collect tomorrow.',
    'refusal.pin_needed_from_proxy':
      'This household has a counter PIN. The person who collects types the PIN the household told them; if they do not know it, the household must come itself.',
  },
});
