/** Made-up contents for the gallery: every component once, and the pages that settle the look. */
import type { VNode } from 'preact';
import { AwardPage } from '../../views/awards/award-page.tsx';
import { AwardPreviewPage } from '../../views/awards/award-preview-page.tsx';
import { CardPage } from '../../views/cards/card-page.tsx';
import { CounterPage } from '../../views/exchange/counter-page.tsx';
import { SlipPage } from '../../views/exchange/slip-page.tsx';
import { HomePage } from '../../views/people/home-page.tsx';
import { NoticePage } from '../../views/publication/notice-page.tsx';
import { ActionBar } from '../../views/shared/action-bar.tsx';
import { ButtonRow, LinkButton, SubmitButton } from '../../views/shared/button.tsx';
import { ChoiceGroup } from '../../views/shared/choice-group.tsx';
import { DataTable } from '../../views/shared/data-table.tsx';
import { DayText } from '../../views/shared/day-text.tsx';
import { EmptyState } from '../../views/shared/empty-state.tsx';
import { Facts } from '../../views/shared/facts.tsx';
import { GoodsGrid, type GoodsOnShelf, GoodsTile } from '../../views/shared/goods-tile.tsx';
import { Layout } from '../../views/shared/layout.tsx';
import { LocalNav } from '../../views/shared/local-nav.tsx';
import { MaskedName } from '../../views/shared/masked-name.tsx';
import { MeterBar } from '../../views/shared/meter-bar.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { Pager } from '../../views/shared/pager.tsx';
import { Panel } from '../../views/shared/panel.tsx';
import { Balance, Points, SignedPoints } from '../../views/shared/points.tsx';
import { PostForm } from '../../views/shared/post-form.tsx';
import { QrCode } from '../../views/shared/qr-code.tsx';
import { QuantityStepper } from '../../views/shared/quantity-stepper.tsx';
import { SearchForm } from '../../views/shared/search-form.tsx';
import { SelectField } from '../../views/shared/select-field.tsx';
import { StatCard, Stats } from '../../views/shared/stat-card.tsx';
import { StatusTag } from '../../views/shared/status-tag.tsx';
import { TextField } from '../../views/shared/text-field.tsx';
import { TextAreaField } from '../../views/shared/textarea-field.tsx';
import { Yuan } from '../../views/shared/yuan.tsx';

const goods: GoodsOnShelf[] = [
  { code: 'GR001', name: '大米', spec: '5kg/袋', unit: '袋', priceCentipoints: 950, quantityOnHand: 38 },
  { code: 'GR005', name: '菜籽油', spec: '5L/桶', unit: '桶', priceCentipoints: 2400, quantityOnHand: 2 },
  { code: 'GR003', name: '特一粉（面粉）', spec: '5kg/袋', unit: '袋', priceCentipoints: 800, quantityOnHand: 21 },
  { code: 'DA001', name: '食盐', spec: '400g/袋', unit: '袋', priceCentipoints: 100, quantityOnHand: 120 },
  { code: 'WA001', name: '洗衣粉', spec: '1.5kg/袋', unit: '袋', priceCentipoints: 450, quantityOnHand: 30 },
  { code: 'WA002', name: '洗洁精', spec: '1kg/瓶', unit: '瓶', priceCentipoints: 300, quantityOnHand: 44 },
  { code: 'DA002', name: '毛巾', spec: '纯棉/条', unit: '条', priceCentipoints: 350, quantityOnHand: 60 },
  { code: 'AG001', name: '农用手套', spec: '12双/包', unit: '包', priceCentipoints: 600, quantityOnHand: 9 },
  { code: 'AP001', name: '电热水壶', spec: '1.8L/个', unit: '个', priceCentipoints: 2000, quantityOnHand: 0 },
];
const zones = [
  { code: 'GRAIN_OIL', name: '粮油区', goods: goods.slice(0, 4) },
  { code: 'DAILY', name: '日用品区', goods: goods.slice(4) },
];

const names = ['王建国', '李秀英', '张德福', '刘桂兰', '陈满仓', '杨春花', '赵金锁', '黄玉梅', '周长贵', '吴喜凤'];
const groupNames = ['啊道组', '富庄组', '杜河沟组'];

const rule = { code: 'AD-ENV-04', name: '参加村组集中清扫（半天）', pointsCentipoints: 200, cap: '每月最多 4 次' };
const recentRules = [
  rule,
  { code: 'AD-ENV-01', name: '五净一规范月评 优秀', pointsCentipoints: 500, cap: '每月 1 次' },
  { code: 'AD-ENV-06', name: '农膜、农药包装交回（每公斤）', pointsCentipoints: 50, cap: '每月最多 3 分' },
  { code: 'AD-FAM-02', name: '调解邻里矛盾', pointsCentipoints: 300 },
  { code: 'AD-LAB-01', name: '义务劳动（每天）', pointsCentipoints: 300, cap: '每月最多 4 次' },
  { code: 'AD-DED-01', name: '乱倒垃圾，提醒后不改', pointsCentipoints: -200 },
];
const entries = [
  ['2026-11-21', '参加村组集中清扫（半天）', 200, 7600],
  ['2026-11-18', '大米 5kg/袋 × 1、食盐 × 2', -1150, 7400],
  ['2026-11-12', '五净一规范月评 优秀', 500, 8550],
  ['2026-11-02', '乱倒垃圾，提醒后不改', -200, 8050],
  ['2026-10-20', '调解邻里矛盾', 300, 8250],
] as const;

function CountyTable() {
  return (
    <DataTable
      caption="积分明细"
      columns={[
        { label: '日期', cell: (row) => <DayText day={row[0]} /> },
        { label: '户主', cell: () => <MaskedName name="王*国" />, rowHeader: true },
        { label: '事由', cell: (row) => row[1] },
        { label: '加减', cell: (row) => <SignedPoints centipoints={row[2]} />, numeric: true },
        { label: '余额', cell: (row) => <Points centipoints={row[3]} />, numeric: true },
      ]}
      rows={entries}
      rowKey={(row) => row[0]}
      totals={['合计', '', '', <SignedPoints centipoints={-350} />, '']}
    />
  );
}

function Components() {
  const errors = [
    { name: 'amount', message: '请填要减几分，例如 2 或 2.5' },
    { name: 'reason', message: '请写明原因' },
  ];
  return (
    <Layout
      title="组件"
      lead="每样东西一个，三种字号都要好看。"
      crumbs={[
        { href: '/home', label: '工作台' },
        { href: '/rules', label: '积分细则' },
      ]}
      errors={errors}
      actions={
        <LinkButton href="/print" icon="print">
          打印
        </LinkButton>
      }
    >
      <Notice kind="success">王建国家：大米 1 袋、食盐 2 袋，用 11.5 分，剩 76 分。</Notice>
      <Notice kind="refusal">现有 7 分，要用 9.5 分，还差 2.5 分。少换一袋食盐也不够，可以改换面粉。</Notice>
      <Notice kind="warning">菜籽油只剩 2 桶。</Notice>
      <Notice kind="info" title="公示后可用">
        这些分 11月28日 起能用。
      </Notice>
      <LocalNav
        items={[
          { href: '/a', label: '全部', current: true, count: 154 },
          { href: '/b', label: '啊道组', count: 61 },
          { href: '/c', label: '富庄组', count: 52 },
          { href: '/d', label: '杜河沟组', count: 41 },
        ]}
      />
      <Stats>
        <StatCard label="本月加分" value={<Points centipoints={41250} />} note="比上月多 32 分" />
        <StatCard label="本月兑换" value={<Points centipoints={28600} />} note="46 次" />
        <StatCard label="货架价值" value={<Yuan fen={1234550} />} href="/goods" />
      </Stats>
      <Panel title="余额" aside={<StatusTag tone="good">有效</StatusTag>}>
        <Balance centipoints={7650} />
        <p>
          <SignedPoints centipoints={250} /> <SignedPoints centipoints={-200} />{' '}
          <StatusTag tone="warning">待公示</StatusTag> <StatusTag tone="bad">挂失</StatusTag>{' '}
          <StatusTag tone="plain">已注销</StatusTag>
        </p>
        <MeterBar label="本季度积分额度：已用 62%" value={62} max={100} />
        <MeterBar label="本季度积分额度：已用 84%，快满了" value={84} max={100} state="warning" />
        <Facts
          facts={[
            { label: '户主', value: '王建国' },
            { label: '小组', value: '啊道组' },
            { label: '开卡', value: <DayText day="2025-12-01" /> },
          ]}
        />
      </Panel>
      <SearchForm action="/cards" label="找一户" hint="姓名、拼音首字母或卡号，例如 wjg" />
      <CountyTable />
      <Pager nextHref="/x?after=9" firstHref="/x" />
      <Panel title="表单">
        <PostForm action="/x" idempotencyKey="k" live={{ target: '#x' }}>
          <TextField
            name="amount"
            label="减几分"
            unit="分"
            size="short"
            inputMode="decimal"
            error={errors[0]?.message}
          />
          <TextField name="name" label="代领人姓名" hint="不是本人来领时填" optional />
          <SelectField
            name="relation"
            label="和户主的关系"
            prompt="请选择"
            options={[
              { value: '1', label: '配偶' },
              { value: '2', label: '子女' },
            ]}
          />
          <TextAreaField name="reason" label="原因" error={errors[1]?.message} rows={3} />
          <ChoiceGroup
            kind="radio"
            name="kind"
            label="什么原因"
            chosen={['a']}
            choices={[
              { value: 'a', label: '记错了户', hint: '原来那笔会一分不差地退回' },
              { value: 'b', label: '记错了分' },
            ]}
          />
          <ChoiceGroup
            kind="checkbox"
            name="who"
            label="选几户"
            columns="names"
            chosen={['王建国']}
            choices={names.map((name) => ({ value: name, label: name }))}
          />
          <p>
            <QuantityStepper
              label="大米 5kg/袋"
              name="quantity.GR001"
              value={2}
              max={5}
              stepName="step"
              stepCode="GR001"
            />
          </p>
          <ButtonRow>
            <SubmitButton>确认减 2 分</SubmitButton>
            <LinkButton href="/x">返回</LinkButton>
            <SubmitButton look="danger">撤销这一笔</SubmitButton>
            <SubmitButton disabled>无货</SubmitButton>
            <LinkButton href="/x" look="quiet">
              不改了
            </LinkButton>
          </ButtonRow>
        </PostForm>
      </Panel>
      <GoodsGrid>
        {goods.map((item, index) => (
          <GoodsTile
            key={item.code}
            goods={item}
            picked={index === 0 ? 2 : 0}
            remark={item.code === 'GR005' ? '每户每月 1 桶' : undefined}
          />
        ))}
      </GoodsGrid>
      <EmptyState title="还没有记录">加一次分或兑换一次，这里就会显示。</EmptyState>
      <QrCode text="HTTP://EXAMPLE.ORG/C/ABCDEFGHJKLMNPQRSTUV" label="积分卡二维码" />
      <ActionBar summary="给 30 户加分，一共 60 分">
        <LinkButton href="/x">修改</LinkButton>
        <SubmitButton icon="check">给 30 户各加 2 分</SubmitButton>
      </ActionBar>
    </Layout>
  );
}

function Home() {
  return (
    <HomePage
      doors={[
        { door: 'awards', href: '/awards' },
        { door: 'exchange', href: '/counter' },
        { door: 'goods', href: '/goods' },
        { door: 'publication', href: '/publications' },
      ]}
      tasks={[
        { href: '/1', label: '10月公示到期没有发', detail: '应在 11月7日前贴出，请提醒第一书记', tone: 'bad' },
        { href: '/2', label: '菜籽油 5L 只剩 2 桶', detail: '每月约换 6 桶', tone: 'warning' },
        { href: '/3', label: '富庄组等审核的加分', count: 3, tone: 'plain' },
      ]}
      recentActs={entries.map(([day, sentence, deltaCentipoints], index) => ({
        seq: 1234 - index,
        day,
        time: '09:12',
        sentence: `${names[index]}家 ${sentence}`,
        deltaCentipoints,
        href: `/log/${index}`,
        undoHref: index < 2 ? `/undo/${index}` : undefined,
      }))}
      logHref="/log"
    />
  );
}

function Award() {
  return (
    <AwardPage
      previewHref="/preview"
      recentRules={recentRules}
      otherRules={[{ category: '家庭美德', rules: recentRules }]}
      groups={groupNames.map((name, index) => ({
        code: `g${index}`,
        name,
        households: names.map((household, at) => ({ cardNumber: `${index}${at}`, name: household })),
      }))}
      values={{ rule: rule.code, groups: ['g1'], cards: ['01', '03'], occurredOn: '2026-11-21' }}
      errors={[]}
    />
  );
}

function Preview() {
  return (
    <AwardPreviewPage
      awardsHref="/awards"
      changeHref="/awards"
      idempotencyKey="k"
      rule={rule}
      occurredOn="2026-11-21"
      note="村口到水塘段"
      lines={names.map((name, index) => ({
        cardNumber: `${index}`,
        name,
        groupName: groupNames[index % 3] ?? '',
        beforeCentipoints: 5000 + index * 750,
        deltaCentipoints: index === 3 ? 100 : 200,
        afterCentipoints: 5000 + index * 750 + (index === 3 ? 100 : 200),
        remark: index === 3 ? '到上限，只加 1 分' : index === 5 ? '今天已加过一次' : undefined,
      }))}
      totalCentipoints={1900}
      unmatched={['12. 王小明（没有这一户）']}
    />
  );
}

function CounterWith({ short }: { short: boolean }) {
  const [rice, , flour, salt] = goods as [GoodsOnShelf, GoodsOnShelf, GoodsOnShelf, GoodsOnShelf];
  return (
    <CounterPage
      counterHref="/counter"
      redemptionsHref="/redemptions"
      idempotencyKey="k"
      household={{
        name: '王建国家',
        groupName: '啊道组',
        cardNumber: '0610 0037',
        balanceCentipoints: short ? 1200 : 7650,
      }}
      basket={[
        { goods: rice, typed: '1', quantity: 1, lineCentipoints: 950 },
        { goods: flour, typed: '1', quantity: 1, lineCentipoints: 800 },
        { goods: salt, typed: '2', quantity: 2, lineCentipoints: 200 },
      ]}
      totalCentipoints={1950}
      missingCentipoints={short ? 750 : 0}
      omissions={short ? [[{ name: flour.name, unit: flour.unit, quantity: 1 }]] : []}
      isReady={!short}
      zones={zones}
    />
  );
}

function EmptyCounter() {
  return (
    <CounterPage
      counterHref="/counter"
      redemptionsHref="/redemptions"
      idempotencyKey="k"
      basket={[]}
      totalCentipoints={0}
      missingCentipoints={0}
      omissions={[]}
      isReady={false}
      zones={zones}
    />
  );
}

function Card() {
  return (
    <CardPage
      maskedName="王**"
      groupName="啊道组"
      cardNumber="**** 0037"
      frozen={false}
      balanceCentipoints={7650}
      pending={{ centipoints: 200, usableFrom: '2026-11-28' }}
      expiring={{ centipoints: 1000, day: '2026-12-31' }}
      affordable={goods.slice(0, 6)}
      entries={entries.map(([day, what, deltaCentipoints, balanceAfterCentipoints], index) => ({
        seq: 1234 - index * 7,
        href: '/log',
        day,
        what,
        deltaCentipoints,
        balanceAfterCentipoints,
      }))}
      entryCount={37}
      allEntriesHref="/all"
      shelfHref="/shelf"
      logHref="/log"
      phone="0000-1234567"
    />
  );
}

function NoticeSheet() {
  const households = Array.from({ length: 60 }, (_, index) => ({
    cardNumber: `${index}`,
    maskedName: `${names[index % 10]?.slice(0, 1)}*${names[index % 10]?.slice(2)}`,
    groupName: groupNames[index % 3] ?? '',
    openingCentipoints: 10000,
    addedCentipoints: (index % 4) * 250,
    takenCentipoints: index % 17 === 0 ? 200 : 0,
    spentCentipoints: index % 5 === 0 ? 1150 : 0,
    closingCentipoints: 9850,
  }));
  return (
    <NoticePage
      month="2026-11"
      version={2}
      number="公示 2026-11-02"
      villageName="啊道村"
      publishedOn="2026-12-01"
      windowFrom="2026-12-01"
      windowTo="2026-12-07"
      phone="0000-1234567"
      managerName="李某"
      supervisorName="张某"
      correction="第 1 版漏记 11月30日 进货一笔，已补上；各户积分没有变化。"
      totals={{
        openingCentipoints: 600000,
        addedCentipoints: 22500,
        takenCentipoints: 800,
        spentCentipoints: 13800,
        closingCentipoints: 607900,
      }}
      rules={recentRules.map((item, index) => ({
        name: item.name,
        times: 12 - index,
        totalCentipoints: item.pointsCentipoints * (12 - index),
      }))}
      households={households}
      exchanges={entries.map(([day, what], index) => ({
        seq: 1200 + index,
        day,
        maskedName: '王*国',
        goods: what,
        centipoints: 1150,
      }))}
      receipts={[{ seq: 1190, day: '2026-11-30', source: '县供销社捐赠', goods: '大米 5kg/袋', quantity: '20 袋' }]}
      stock={goods.map((item) => ({
        name: item.name,
        spec: item.spec,
        priceCentipoints: item.priceCentipoints,
        quantity: `${item.quantityOnHand} ${item.unit}`,
      }))}
      backHref="/publications"
      liveUrl="HTTP://EXAMPLE.ORG/P/ABCDEFGHJK"
      checkpoint={`example.org/log/610630001001\n1234\n${'A'.repeat(44)}\n\n— example.org/log/610630001001 ${'B'.repeat(92)}\n`}
    />
  );
}

function Slip() {
  return (
    <SlipPage
      redemption={{
        seq: 1234,
        day: '2026-11-21',
        time: '09:12',
        recordedByName: '李某',
        headName: '王建国',
        groupName: '啊道组',
        cardNumber: '1022050037',
        lines: goods.slice(0, 3).map((item) => ({ ...item, quantity: 1 })),
        spentCentipoints: 4150,
        balanceAfterCentipoints: 3500,
        reversedBySeq: null,
      }}
      villageName="啊道村"
      actUrl="https://shop.example/villages/610630102205/acts/1234"
      backHref="/counter"
      plainHref="/slip.txt"
    />
  );
}

/** Every gallery page by the name in its address. */
export const galleryPages: Record<string, () => VNode> = {
  components: () => <Components />,
  home: () => <Home />,
  award: () => <Award />,
  preview: () => <Preview />,
  counter: () => <CounterWith short={false} />,
  'counter-short': () => <CounterWith short />,
  'counter-empty': () => <EmptyCounter />,
  card: () => <Card />,
  notice: () => <NoticeSheet />,
  slip: () => <Slip />,
};
