interface Lack {
  types: RegExp;
  /** What the public record does not hold, and what to enter again where the log has to be closed; in English and in Chinese. */
  lost: readonly [string, string];
  again: readonly [string, string];
}

const LACKS: readonly Lack[] = [
  {
    types: /^(claim|objection)\.|^points\.(pend|clear|settle)$/,
    lost: ['by which rule a household claims, and its words', '申报按哪条规则、写了什么'],
    again: ['file those claims again', '请各户重新申报'],
  },
  {
    types: /^goods\./,
    lost: ['the words of goods', '货品的名称'],
    again: ['add or rename those goods again', '重新添加或改名'],
  },
  {
    types: /^rule\./,
    lost: ['the words of a rule', '规则的文字'],
    again: ['record that decision again', '重新登记这次决定'],
  },
  {
    types: /^publication$/,
    lost: ['the frozen record', '公示的内容'],
    again: ['publish that month again', '重新公示这个月'],
  },
  {
    types: /^(household|card)\.|^account\.close$|^points\.(transfer|return)$|^honor\.move$/,
    lost: ['who belongs to which household and card', '各户的人和卡'],
    again: ['record that change again', '重新办理这次变动'],
  },
];

const ANYTHING_ELSE: Omit<Lack, 'types'> = {
  lost: ['all that it did', '它的全部内容'],
  again: ['enter it again', '重新登记'],
};

/** Why an act that a backup lost does not come back, and what to do; in English and in Chinese. */
export function whyNotImportable({ seq, type }: { seq: number; type: string }): string[] {
  const { lost, again } = LACKS.find(({ types }) => types.test(type)) ?? ANYTHING_ELSE;
  return [
    `Number ${seq} (${type}) cannot come back: the public record does not hold ${lost[0]}. Restore a newer backup; if there is none, close the log and ${again[0]}.`,
    `第 ${seq} 号（${type}）恢复不了：公开记录里没有${lost[1]}。请换一份更晚的备份；没有的话，停用这本账，然后${again[1]}。`,
  ];
}
