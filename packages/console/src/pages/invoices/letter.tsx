import type { BuyerInvoiceDetailView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { askLetter } from '../../api/invoices.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { useMoney } from '../settlement/words.ts';

/** The explanatory letter (开票说明函) of an invoiced general order: asked for once, valid for six months, printed from here (S5-21). */
export function Letter({ invoice }: { invoice: BuyerInvoiceDetailView }) {
  const { t } = useTranslation();
  const money = useMoney();
  const ask = useCommand({ run: () => askLetter(invoice.invoiceId), refresh: ['invoices'] });
  const { letter, issued, issuerName } = invoice;
  if (issuerName === null || invoice.state !== 'ISSUED' || issued === null) return null;
  if (letter === null)
    return (
      <Panel title={t('invoices.letter.title')}>
        <p className="soft">{t('invoices.letter.intro')}</p>
        <Button loading={ask.isPending} onClick={() => ask.mutate(undefined)} data-testid="ask-letter">
          {t('invoices.letter.ask')}
        </Button>
      </Panel>
    );
  return (
    <Panel title={t('invoices.letter.title')}>
      <article data-testid="letter" className="stack">
        <p>
          {t('invoices.letter.text', {
            buyer: invoice.buyerName,
            seller: issuerName,
            orders: invoice.orderIds.join(', '),
            number: issued.number,
            amount: money(invoice.gross, invoice.currency),
          })}
        </p>
        <p className="soft">{t('invoices.letter.number', { number: letter.number, day: letter.validUntil })}</p>
        <span>
          <Button onClick={() => window.print()}>{t('invoices.letter.print')}</Button>
        </span>
      </article>
    </Panel>
  );
}
