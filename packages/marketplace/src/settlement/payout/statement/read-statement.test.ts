/** Bank statements of both camt versions and as tables are read alike; what can not be right is refused whole, by place. */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { keysOf, type Statement } from './entry.ts';
import { MOST_STATEMENT_BYTES, readStatement } from './read-statement.ts';

const EXPECTED = { currency: 'CNY', account: '6217000012345678', today: '2026-02-10' };
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (input: string | Uint8Array, more = {}) =>
  readStatement(typeof input === 'string' ? bytes(input) : input, { ...EXPECTED, ...more });
function good(input: string | Uint8Array): Statement {
  const result = read(input);
  if (!('format' in result)) throw new Error(JSON.stringify(result));
  return result;
}
function faults(input: string | Uint8Array, more = {}): string[] {
  const result = read(input, more);
  if ('format' in result) throw new Error('it was taken');
  return result.map(({ place, rule, seen }) => `${place} ${rule} ${seen}`.trim());
}

const E2E = 'R-CN-202601-4XKQ2M7PZT';
const details = (version: '02' | '08', amount: string, reference = E2E) => {
  const named = (name: string) => (version === '02' ? `<Nm>${name}</Nm>` : `<Pty><Nm>${name}</Nm></Pty>`);
  const told =
    version === '02'
      ? `<AmtDtls><TxAmt><Amt Ccy="CNY">${amount}</Amt></TxAmt></AmtDtls>`
      : `<Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>`;
  return `<TxDtls><Refs><AcctSvcrRef>B1</AcctSvcrRef><EndToEndId>${reference}</EndToEndId></Refs>${told}
    <RltdPties><Cdtr>${named('星云 &amp; 伙伴')}</Cdtr><CdtrAcct><Id><Othr><Id>6222 0001</Id></Othr></Id></CdtrAcct></RltdPties>
    <RmtInf><Ustrd>&#x4E2D;</Ustrd></RmtInf></TxDtls>`;
};
const booking = (version: '02' | '08', amount: string, inside: string, more = '') =>
  `<Ntry><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>${more}<Sts>${version === '02' ? 'BOOK' : '<Cd>BOOK</Cd>'}</Sts>
   <BookgDt><Dt>2026-02-05</Dt></BookgDt><NtryDtls>${inside}</NtryDtls></Ntry>`;
const camt = (version: '02' | '08', bookings: string, prefix = '') => {
  const ns = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  const document = `<Document ${ns}="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr/><Stmt><Id>1</Id>
    <Acct><Id><Othr><Id>6217000012345678</Id></Othr></Id></Acct>${bookings}</Stmt></BkToCstmrStmt></Document>`;
  return `<?xml version="1.0" encoding="UTF-8"?>${prefix === '' ? document : document.replaceAll(/<(\/?)(?=[A-Z])/g, `<$1${prefix}:`)}`;
};

describe('camt.053', () => {
  it('is read in both versions, with any prefix', () => {
    for (const version of ['02', '08'] as const)
      for (const prefix of ['', 'ns2']) {
        const statement = good(camt(version, booking(version, '1140.50', details(version, '1140.50')), prefix));
        expect(statement.account).toBe('6217000012345678');
        expect(statement.entries).toMatchObject([
          {
            direction: 'DEBIT',
            bookedOn: '2026-02-05',
            amount: '1140.50',
            currency: 'CNY',
            endToEndId: E2E,
            bankReference: 'B1',
            name: '星云 & 伙伴',
            account: '6222 0001',
            remark: '中',
            reversal: false,
          },
        ]);
      }
  });

  it('a batch is as many payments as the bank explains; pending entries are counted, not booked', () => {
    for (const version of ['02', '08'] as const) {
      const batch = booking(version, '30.00', details(version, '10.00', 'R-A') + details(version, '20.00', 'R-B'));
      const pending = booking(version, '1.00', '').replace('BOOK', 'PDNG');
      const statement = good(camt(version, batch + pending));
      expect(statement.entries.map(({ endToEndId, amount }) => [endToEndId, amount])).toEqual([
        ['R-A', '10.00'],
        ['R-B', '20.00'],
      ]);
      expect(statement.notBooked).toBe(1);
    }
  });

  it('a return keeps its reason', () => {
    const returned = booking(
      '08',
      '5.00',
      `<TxDtls><Refs><EndToEndId>${E2E}</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf></TxDtls>`,
      '<RvslInd>true</RvslInd>',
    ).replace('DBIT', 'CRDT');
    expect(good(camt('08', returned)).entries).toMatchObject([
      { direction: 'CREDIT', reversal: true, reason: 'AC04 closed', endToEndId: E2E },
    ]);
  });

  it('faults name path and rule, and nothing is taken', () => {
    const one = booking('08', '1.00', '');
    const path = 'Document/BkToCstmrStmt[1]/Stmt[1]/Ntry[2]';
    expect(faults(camt('08', one + one.replace('1.00', '-1')))).toEqual([`${path}/Amt[1] AMOUNT -1`]);
    expect(faults(camt('08', one + one.replace('2026-02-05', '2026-02-30')))).toEqual([
      `${path}/BookgDt[1]/Dt[1] DATE 2026-02-30`,
    ]);
    expect(faults(camt('08', one + one.replace('DBIT', 'OUT')))).toEqual([`${path}/CdtDbtInd[1] DIRECTION OUT`]);
    expect(faults(camt('08', one + one.replace('Ccy="CNY"', '')))).toEqual([`${path}/Amt[1] CURRENCY 1.00`]);
    expect(faults(camt('08', one + one.replaceAll(/<\/?BookgDt>/g, '')))).toEqual([`${path}/BookgDt MISSING`]);
    expect(faults(camt('08', one.replace('2026-02-05', '2026-02-11')))[0]).toMatch(/Ntry\[1\] FUTURE/);
    expect(faults(camt('08', '').replace('camt.053.001.08', 'camt.052.001.08'))[0]).toMatch(/^Document NAMESPACE/);
    expect(faults(camt('08', one), { account: '6217000099999999' })).toEqual(['file ACCOUNT …5678']);
    expect(faults('<Document>\n<a></b></Document>')[0]).toMatch(/^line 2, column \d+ SYNTAX/);
  });

  it('DTD and entities are refused before anything is expanded, however large they would become', () => {
    const lol = `<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n${camt('08', '').slice(38)}`;
    expect(faults(lol)).toEqual(['line 2 DOCTYPE <!DOCTYPE']);
    expect(faults(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)[0]).toMatch(/SYNTAX|NAMESPACE/);
    expect(faults(new Uint8Array(MOST_STATEMENT_BYTES + 1))).toEqual([`file SIZE ${MOST_STATEMENT_BYTES + 1}`]);
    expect(faults('')).toEqual(['file EMPTY']);
  });
});

describe('a table', () => {
  const CHINESE = `中国银行,交易明细\n账号,6217\n交易日期,借方金额,贷方金额,币种,对方户名,对方账号,流水号,用途\n20260205,"1,140.50",,人民币,星云科技,\`62220001,B1,${E2E}\n2026/2/6,,88.00,人民币,客户,,B2,货款\n合计,"1,140.50",88.00,,,,,\n`;

  it('is read with Chinese headings, in UTF-8 and GBK', () => {
    for (const encoded of [
      bytes(CHINESE),
      iconv.encode(CHINESE, 'gbk'),
      iconv.encode(CHINESE, 'utf16le', { addBOM: true }),
    ]) {
      const { entries } = good(encoded);
      expect(entries).toMatchObject([
        {
          place: 'line 4',
          direction: 'DEBIT',
          bookedOn: '2026-02-05',
          amount: '1140.50',
          currency: 'CNY',
          endToEndId: E2E,
          name: '星云科技',
          account: '62220001',
          bankReference: 'B1',
        },
        { direction: 'CREDIT', bookedOn: '2026-02-06', amount: '88.00', endToEndId: null, remark: '货款' },
      ]);
    }
  });

  it('is read with English headings, a sign or a direction, commas, semicolons or tabs', () => {
    for (const [separator, rows] of [
      [',', 'Booking date,Amount,Currency,End-to-end ID\n2026-02-05,-12.00,EUR,R-1\n'],
      [';', 'Booking date;Amount;Direction;Ccy;Customer reference\n2026-02-05;12.00;DBIT;EUR;R-1\n'],
      ['\t', 'Date\tDebit\tCredit\tCurrency\tRequisition\n2026-02-05\t12.00\t\tEUR\tR-1\n'],
    ])
      expect([separator, good(rows ?? '').entries]).toMatchObject([
        separator,
        [{ direction: 'DEBIT', amount: '12.00', currency: 'EUR', endToEndId: 'R-1' }],
      ]);
  });

  it('faults name line and rule, several at once', () => {
    const heading = '记账日期,金额,借贷标志\n';
    expect(faults(`${heading}2026-02-05,abc,借\n2026-13-05,1.00,借\n2026-02-05,1.00,错\n`)).toEqual([
      'line 2 AMOUNT abc',
      'line 3 DATE 2026-13-05',
      'line 4 DIRECTION 错',
    ]);
    expect(faults('a,b\n1,2\n')).toEqual(['line 1 HEADING a,b']);
    expect(faults('日期,金额,交易日期\n')).toEqual(['line 1 DOUBLE_COLUMN 交易日期']);
    expect(faults(`${heading}2026-02-05,"1.00,借\n`)[0]).toMatch(/^line 2 QUOTE/);
    expect(faults(Uint8Array.from([0xff, 0xfe, 0xfd, 0xfc, 0x80, 0x81, 0xff, 0xff]))[0]).toMatch(/ENCODING|HEADING/);
  });
});

it('an entry is the same in a statement that comes again in another form; two equal payments of one file stay two', () => {
  const xml = good(camt('08', booking('08', '1140.50', details('08', '1140.50'))));
  const table = good(`交易日期,借方金额,流水号,申付单号\n20260205,1140.5,B1,${E2E}\n`);
  expect(keysOf(xml.entries)).toEqual(keysOf(table.entries));
  const twice = good(`交易日期,借方金额\n20260205,1.00\n20260205,1.00\n`);
  expect(new Set(keysOf(twice.entries)).size).toBe(2);
});
