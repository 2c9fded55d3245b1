import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Of who stands at the counter: digits, proxies, and people who confirm. */
export const presenceWords = defineWords({
  zhCN: {
    'exchange.presence.pin': '兑换密码',
    'exchange.presence.pinHint': '请本户的人自己输，您不要看',
    'exchange.presence.locked': '今天输错太多，密码停用到明天。可以到“住户”里重开，或请在场的人当面确认。',
    'exchange.presence.more': '别人代领，或拍照确认',
    'exchange.presence.moreWithPin': '别人代领，或想不起密码',
    'exchange.presence.proxy': '谁来领',
    'exchange.presence.proxy.self': '本户',
    'exchange.presence.proxy.family': '家人',
    'exchange.presence.proxy.neighbour': '邻居',
    'exchange.presence.proxy.cadre': '村干部',
    'exchange.presence.proxyName': '代领人姓名',
    'exchange.presence.proxyNameHint': '不是本户的人，一定要写。公开账里不写姓名。',
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
    'refusal.proxy_name_needed': '邻居和村干部代领，要写代领人姓名。',
    'refusal.confirmed_by_recorder': '{name}正在办这笔兑换，不能自己确认。请另外找一个在场的人。',
    'refusal.confirmed_by_proxy': '{name}是代领人，不能自己确认。请另外找一个在场的人。',
    'refusal.cadre_needs_two': '村干部代领，要两个在场的人当面确认，现在写了 {given} 个。',
    'refusal.proxy_too_often': '{name}今天已经替别的户领过，最多 {most} 户。请本户的人来，或明天再领。',
    'refusal.photo_consent_needed':
      '照片没有留下：要来的人同意才能拍。同意的，勾上“本人同意拍照并留存”，再选一次照片；不同意的，不要照片。',
    'refusal.photo_used_already': '这张照片已经确认过第 {seq} 号兑换，不能再用。请当场重新拍一张。',
    'refusal.pin_needed_from_proxy': '这一户设了兑换密码。代领的人要输本户告诉他的密码；不知道的，请本户的人自己来。',
  },
  en: {
    'exchange.presence.pin': 'Counter digits',
    'exchange.presence.pinHint': 'The household types them; please look away',
    'exchange.presence.locked':
      'Too many wrong ones today, closed until tomorrow. Open them again on the household’s page, or let somebody present confirm.',
    'exchange.presence.more': 'Somebody else fetches, or a photo confirms',
    'exchange.presence.moreWithPin': 'Somebody else fetches, or the digits are forgotten',
    'exchange.presence.proxy': 'Who fetches',
    'exchange.presence.proxy.self': 'Household',
    'exchange.presence.proxy.family': 'Family',
    'exchange.presence.proxy.neighbour': 'Neighbour',
    'exchange.presence.proxy.cadre': 'Cadre',
    'exchange.presence.proxyName': 'Name of who fetches',
    'exchange.presence.proxyNameHint': 'Needed for everybody outside the household. The public record holds no name.',
    'exchange.presence.confirmedBy': 'Confirmed by',
    'exchange.presence.confirmedByHint':
      'When the household forgot its digits: the name of somebody present who knows them. A cadre who fetches needs two.',
    'exchange.presence.confirmedByToo': 'Confirmed by a second person',
    'exchange.presence.fetchedBy': 'Fetched by',
    'exchange.presence.fetched': '{relation} {name}',
    'exchange.presence.confirmed': 'Confirmed by',
    'exchange.presence.photo': 'Confirmed by photo',
    'exchange.presence.photoHint':
      'Ask first; with a yes take one of the person who came. It also does where the household forgot its digits. Only those who work for the village see it. No children.',
    'exchange.presence.photoConsentLabel': 'Does the person agree?',
    'exchange.presence.photoConsent': 'Agrees that the photo is taken and kept',
    'exchange.presence.photoAgreed': 'with consent',
    'refusal.photo_consent_needed':
      'The photo was not kept: the person has to agree. With a yes tick “Agrees that the photo is taken and kept” and choose the photo again; otherwise leave it out.',
    'refusal.photo_used_already': 'This photo has confirmed exchange number {seq} already. Take a new one.',
    'refusal.proxy_relation_needed':
      'There is a name of who fetches. Choose also whether it is family, neighbour or cadre.',
    'refusal.proxy_name_needed': 'A neighbour or cadre who fetches gives a name.',
    'refusal.confirmed_by_recorder':
      '{name} is handing out the goods and cannot confirm. Ask somebody else who is here.',
    'refusal.confirmed_by_proxy': '{name} is the one who fetches and cannot confirm. Ask somebody else who is here.',
    'refusal.cadre_needs_two': 'A cadre who fetches needs two people present who confirm; given: {given}.',
    'refusal.proxy_too_often':
      '{name} has fetched for other households today, at most {most}. Let the household come, or fetch tomorrow.',
    'refusal.pin_needed_from_proxy':
      'This household has digits for the counter. Who fetches types what the household told; otherwise the household comes itself.',
  },
});
