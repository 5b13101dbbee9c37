import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applicationQuery, freezeTrading, releaseTrading, showOrHide, withdrawProduct } from '../../api/publication.ts';
import type { ProductBehindView } from '../../api/publication-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { useCommand } from '../../components/command.ts';
import { useBase } from '../../components/links.tsx';
import { useSearchChange } from '../../components/pager.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { NextStep } from '../../components/record.tsx';
import { useText } from '../../i18n/text.ts';
import { parseBehindSearch } from '../../search/publication-params.ts';
import { ByName } from './by-name.tsx';
import { EditButton } from './edit-button.tsx';
import { Exchange } from './exchange.tsx';
import { RemovalDialog } from './removal-dialog.tsx';

interface ActionProps {
  readonly product: ProductBehindView;
}

/** The one next thing: what happens, or what to do. */
export function NextForProduct({ product }: ActionProps) {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  const { openApplication, status } = product;
  if (openApplication !== null) {
    const { applicationId, kind } = openApplication;
    return (
      <NextStep
        action={
          <ButtonLink
            to={operator ? '/operator/reviews/$applicationId' : '/seller/applications/$applicationId'}
            params={{ applicationId }}
          >
            {t('publication.openIt')}
          </ButtonLink>
        }
      >
        {t(`publication.inReview.${kind}`)}
      </NextStep>
    );
  }
  const help = t(`publication.status.${status}.help`);
  if (operator || !product.may.change) return <NextStep>{help}</NextStep>;
  return <NextStep action={<EditButton product={product} large />}>{help}</NextStep>;
}

/** Hide or show, sales settings, copy, stop selling. */
export function SellerActions({ product }: ActionProps) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState(false);
  const change = useSearchChange();
  const { again } = parseBehindSearch(useSearch({ strict: false }));
  const before = useQuery({ ...applicationQuery(again ?? ''), enabled: again !== undefined }).data?.removal ?? null;
  const { goodsId, may } = product;
  const close = (): void => {
    setRemoving(false);
    change({ again: undefined });
  };
  return (
    <div className="stack stack--tight action-list">
      <Visibility product={product} />
      <Link to="/seller/products/$goodsId/sales" params={{ goodsId }}>
        {t('publication.salesSettings')}
      </Link>
      <div>
        <Exchange goodsId={goodsId} />
      </div>
      <Explained why={may.remove ? null : t(`publication.noRemoval`)}>
        <Button danger disabled={!may.remove} onClick={() => setRemoving(true)} data-testid="stop-selling">
          {t('publication.stopSelling')}
        </Button>
      </Explained>
      {(removing || (may.remove && again !== undefined && before !== null)) && (
        <RemovalDialog product={product} before={before} onClose={close} />
      )}
    </div>
  );
}

/** B-12, C42: in lists and search, or for those with the link only. */
function Visibility({ product }: ActionProps) {
  const { t } = useTranslation();
  const { goodsId, visibility, may } = product;
  const hidden = visibility === 'HIDDEN';
  const toggle = useCommand({
    run: () => showOrHide(goodsId, hidden ? 'PUBLIC' : 'HIDDEN', null),
    refresh: [],
    done: t(hidden ? 'publication.shown' : 'publication.hidden'),
  });
  return (
    <div>
      <Button
        disabled={!may.show}
        loading={toggle.isPending}
        onClick={() => toggle.mutate(undefined)}
        data-testid="toggle-visibility"
      >
        {t(hidden ? 'publication.show' : 'publication.hide')}
      </Button>
      <p className="soft">{t(hidden ? 'publication.showHelp' : 'publication.hideHelp')}</p>
    </div>
  );
}

/** Freeze trading, release it, take the product off for good: each with a reason that the seller reads. */
export function OperatorActions({ product }: ActionProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'freeze' | 'release' | 'withdraw'>();
  const { may } = product;
  const nothing = !may.freeze && !may.release && !may.withdraw;
  if (nothing) return <p className="soft">{t('publication.noOperatorAction')}</p>;
  return (
    <div className="stack stack--tight action-list">
      {may.freeze && (
        <Button onClick={() => setOpen('freeze')} data-testid="freeze-trading">
          {t('publication.freeze')}
        </Button>
      )}
      {may.release && (
        <Button type="primary" onClick={() => setOpen('release')} data-testid="release-trading">
          {t('publication.release')}
        </Button>
      )}
      {may.withdraw && (
        <Button danger onClick={() => setOpen('withdraw')} data-testid="withdraw-product">
          {t('publication.takeOff')}
        </Button>
      )}
      {open !== undefined && <OperatorDialog kind={open} product={product} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

const commands = { freeze: freezeTrading, release: releaseTrading, withdraw: withdrawProduct } as const;

interface OperatorDialogProps extends ActionProps {
  readonly kind: keyof typeof commands;
  readonly onClose: () => void;
}

function OperatorDialog({ kind, product, onClose }: OperatorDialogProps) {
  const { t } = useTranslation();
  const text = useText();
  const [named, setNamed] = useState(false);
  const act = useCommand({
    run: (reason: string) => commands[kind](product.goodsId, reason),
    refresh: [],
    done: t('publication.doneWord'),
    onDone: onClose,
    onFailed: () => true,
  });
  const word = t(kind === 'withdraw' ? 'publication.takeOff' : `publication.${kind}`);
  return (
    <ReasonDialog
      title={`${word}: ${text(product.name)}`}
      confirm={word}
      danger={kind !== 'release'}
      more={
        kind === 'withdraw' ? <ByName name={text(product.name) || product.goodsId} onMatch={setNamed} /> : undefined
      }
      blocked={kind === 'withdraw' && !named}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onConfirm={(reason) => act.mutate(reason)}
    >
      {t(`publication.operatorHelp.${kind}`)}
    </ReasonDialog>
  );
}

function Explained({ why, children }: { why: string | null; children: ReactNode }) {
  return (
    <div>
      {children}
      {why !== null && <p className="soft">{why}</p>}
    </div>
  );
}
