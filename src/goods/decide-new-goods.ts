/**
 * 新增物品: what may come onto a village's shelf. What no shop for points may hold is found by its words, which are data: a new one is
 * a line here and a case in the test. They find what is written openly; a look at the goods they do not replace.
 */
import { priceForValue } from './decide-price.ts';

type ForbiddenKind = 'cash' | 'tobacco' | 'alcohol' | 'pesticide' | 'medicine' | 'prepaid' | 'unlabelled';

/** In order of precedence; the first that fits is named. */
const FORBIDDEN: readonly { kind: ForbiddenKind; words: RegExp }[] = [
  { kind: 'cash', words: /现金|红包|人民币|纸币|硬币|提现|代金券|抵用券/u },
  { kind: 'tobacco', words: /香烟|卷烟|烟草|烟丝|雪茄|电子烟|烟弹|旱烟|水烟|(?:条|包|盒)烟/u },
  {
    kind: 'pesticide',
    words: /农药|兽药|除草剂|杀虫|杀菌剂|杀鼠|灭鼠|老鼠药|毒鼠|草甘膦|百草枯|敌敌畏|敌百虫|乐果|疫苗/u,
  },
  {
    kind: 'medicine',
    words:
      /药品|药片|药丸|药水|药膏|膏药|药酒|药材|(?:感冒|消炎|止痛|退烧|降压|降糖|肠胃|眼)药|中成药|西药|处方|胶囊|口服液|冲剂|保健品|保健食品|保健酒|医疗器械|血压计|血糖仪|注射|针剂|创可贴|退热贴/u,
  },
  { kind: 'alcohol', words: /白酒|啤酒|红酒|黄酒|米酒|果酒|葡萄酒|洋酒|烧酒|散酒|二锅头|(?:瓶|箱|坛|桶)酒|酒水/u },
  { kind: 'prepaid', words: /购物卡|礼品卡|充值卡|储值卡|预付卡|加油卡|话费|流量包|彩票|刮刮乐/u },
  { kind: 'unlabelled', words: /三无|无标签|散装|自制|自酿|活禽|活鸡|活鸭|活鹅/u },
];

export function forbiddenKind(text: string): { kind: ForbiddenKind; words: string } | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  for (const { kind, words } of FORBIDDEN) {
    const found = words.exec(plain)?.[0];
    if (found !== undefined) return { kind, words: found };
  }
  return null;
}

export interface NewGoods {
  name: string;
  /** `5kg/袋`; empty where there is nothing more to say. */
  spec: string;
  unit: string;
  zone: string;
  barcode: string | null;
  unitValueFen: number;
}

export interface KnownGoods extends NewGoods {
  code: string;
}

export interface NewGoodsBasis {
  fenPerPoint: number;
  /** The village has somebody else approve what its own goods cost at first. */
  firstPriceWaits: boolean;
  /** What the village has already. */
  known: readonly Pick<KnownGoods, 'code' | 'name' | 'spec' | 'barcode'>[];
}

/** In order of precedence. */
export type NewGoodsRefusal =
  | { refused: 'goods_forbidden'; kind: ForbiddenKind; words: string }
  | { refused: 'goods_known'; goods: string }
  | { refused: 'barcode_taken'; goods: string };

const OWN_CODE = /^V(\d{3,6})$/;

export interface AddedGoods {
  code: string;
  priceCentipoints: number;
  /** Nobody may have them before somebody else has approved that price. */
  waits: boolean;
}

/** Under the village's next own code, at its rate. */
export function decideNewGoods(
  goods: NewGoods,
  { fenPerPoint, firstPriceWaits, known }: NewGoodsBasis,
): NewGoodsRefusal | AddedGoods {
  const forbidden = forbiddenKind(`${goods.name} ${goods.spec}`);
  if (forbidden) return { refused: 'goods_forbidden', ...forbidden };
  const same = known.find(
    ({ name, spec }) => plainWords(name) === plainWords(goods.name) && plainWords(spec) === plainWords(goods.spec),
  );
  if (same) return { refused: 'goods_known', goods: `${same.name} ${same.spec}` };
  const taken = goods.barcode === null ? undefined : known.find(({ barcode }) => barcode === goods.barcode);
  if (taken) return { refused: 'barcode_taken', goods: `${taken.name} ${taken.spec}` };
  const last = known.reduce((most, { code }) => Math.max(most, Number(OWN_CODE.exec(code)?.[1] ?? 0)), 0);
  return {
    code: `V${String(last + 1).padStart(3, '0')}`,
    priceCentipoints: priceForValue(goods.unitValueFen, fenPerPoint),
    waits: firstPriceWaits,
  };
}

export type NewNameRefusal =
  | { refused: 'unknown_goods'; goods: string }
  /** The county's list has the names of its own. */
  | { refused: 'goods_of_county' }
  | { refused: 'name_unchanged' }
  | Extract<NewGoodsRefusal, { refused: 'goods_forbidden' | 'goods_known' }>;

/** 改名: the same words are refused as for new goods. */
export function decideNewName(
  { code, name }: { code: string; name: string },
  known: readonly KnownGoods[],
): NewNameRefusal | { goods: NewGoods } {
  const goods = known.find((one) => one.code === code);
  if (!goods) return { refused: 'unknown_goods', goods: code };
  if (!OWN_CODE.test(code)) return { refused: 'goods_of_county' };
  if (goods.name === name) return { refused: 'name_unchanged' };
  const forbidden = forbiddenKind(`${name} ${goods.spec}`);
  if (forbidden) return { refused: 'goods_forbidden', ...forbidden };
  const same = known.find(
    (one) =>
      one.code !== code && plainWords(one.name) === plainWords(name) && plainWords(one.spec) === plainWords(goods.spec),
  );
  return same ? { refused: 'goods_known', goods: `${same.name} ${same.spec}` } : { goods };
}

/** Words that say the same are the same: 大 米 is 大米. */
export function plainWords(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}
