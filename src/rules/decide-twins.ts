/**
 * Rules that may pay (or punish) twice for one act. Three ways to know, and no guessing beyond them: the county's rules by a list
 * of who belongs together; a village's own rule by its category and words; and any two whose names say the same. Only rules of
 * one sign are compared.
 */
interface SimilarActs {
  code: TwinCode;
  /** Of the county's table. */
  rules: readonly string[];
  /** A village's own rule belongs to it in these categories, when its name has one of the words. */
  categories: readonly string[];
  words: RegExp;
}

/** `grades`: of one judgement, the highest alone. `labour`: one stretch of work. `care`: one helping hand. `fire`: one fire. */
export type TwinCode = 'grades_home' | 'grades_school' | 'grades_praise' | 'labour' | 'care' | 'fire' | 'name';

const SIMILAR_ACTS: readonly SimilarActs[] = [
  {
    code: 'grades_home',
    rules: ['AD-ENV-01', 'AD-ENV-02', 'AD-ENV-03'],
    categories: ['ENV'],
    words: /五净|净一规范|卫生(?:月评|评比|评分|达标)/u,
  },
  { code: 'grades_school', rules: ['AD-EDU-01', 'AD-EDU-02'], categories: ['EDU'], words: /考上|录取/u },
  { code: 'grades_praise', rules: ['AD-HON-03', 'AD-HON-04'], categories: ['HON'], words: /表彰|表扬/u },
  {
    code: 'labour',
    rules: ['AD-ENV-04', 'AD-ENV-07', 'AD-LAB-01', 'AD-LAB-02', 'AD-LAB-04', 'AD-PUB-01'],
    categories: ['ENV', 'LAB', 'PUB'],
    words: /义务劳动|出义务工|清扫|打扫|清理|植树|修路|修渠|修桥|维修公共|志愿服务/u,
  },
  {
    code: 'care',
    rules: ['AD-FAM-04', 'AD-FAM-05'],
    categories: ['FAM', 'PUB'],
    words: /(?:照料|照顾|照看|陪护|陪伴|接送|看望|帮助|帮扶).{0,4}(?:老人|邻里|邻居|独居)|邻里互助/u,
  },
  { code: 'fire', rules: ['AD-ENV-09', 'AD-LAW-04'], categories: ['ENV', 'LAW'], words: /焚烧|烧荒|烧秸秆|野外用火/u },
];

export interface ComparedRule {
  code: string;
  category: string;
  name: string;
  pointsCentipoints: number;
  /** Made by the village itself. */
  isOwn: boolean;
}

export interface TwinGroup {
  why: TwinCode;
  rules: string[];
}

/** Every group of two rules and more, in the order of the table. */
export function twinGroups(rules: readonly ComparedRule[]): TwinGroup[] {
  const similar = similarGroups(rules);
  return [...similar, ...nameGroups(rules, similar)];
}

/** The codes of the rules that are twins of one. */
export function twinsOf(code: string, rules: readonly ComparedRule[]): Set<string> {
  const twins = twinGroups(rules).flatMap((group) => (group.rules.includes(code) ? group.rules : []));
  return new Set(twins.filter((twin) => twin !== code));
}

function similarGroups(rules: readonly ComparedRule[]): TwinGroup[] {
  return SIMILAR_ACTS.flatMap((acts) => {
    const members = rules.filter((rule) => belongs(rule, acts));
    return bySign(members).map((group) => ({ why: acts.code, rules: group.map(({ code }) => code) }));
  });
}

function belongs({ code, category, name, isOwn }: ComparedRule, { rules, categories, words }: SimilarActs): boolean {
  return isOwn ? categories.includes(category) && words.test(name) : rules.includes(code);
}

/** Names that say the same and are not together already. */
function nameGroups(table: readonly ComparedRule[], known: readonly TwinGroup[]): TwinGroup[] {
  const areTogether = (one: string, other: string) =>
    known.some((group) => group.rules.includes(one) && group.rules.includes(other));
  const rules = table.map(({ code, name, pointsCentipoints }) => ({
    code,
    said: essence(name),
    sign: Math.sign(pointsCentipoints),
  }));
  const found: TwinGroup[] = [];
  for (const [index, one] of rules.entries()) {
    const twins = rules
      .slice(index + 1)
      .filter(({ code, said, sign }) => sign === one.sign && areAlike(one.said, said) && !areTogether(one.code, code))
      .map(({ code }) => code);
    if (twins.length > 0) found.push({ why: 'name', rules: [one.code, ...twins] });
  }
  return found;
}

function bySign(rules: readonly ComparedRule[]): ComparedRule[][] {
  const groups = [1, -1].map((sign) => rules.filter((rule) => Math.sign(rule.pointsCentipoints) === sign));
  return groups.filter((group) => group.length > 1);
}

function areAlike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  // Three signs and fewer stand in too many names.
  return short === long || (short.length >= 4 && long.includes(short));
}

/** What is done, without how much of it: no brackets, numbers, times and marks. */
function essence(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/\([^)]*\)/gu, '')
    .replaceAll(/[一二两三半]天|每次|季度|年度|\d+小时|[\d\s\p{P}\p{S}]/gu, '');
}
