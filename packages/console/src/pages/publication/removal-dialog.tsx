import { useNavigate } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askForRemoval } from '../../api/publication.ts';
import type { FileRef, ProductBehindView, RemovalInput } from '../../api/publication-types.ts';
import { useCommand } from '../../components/command.ts';
import { FileUploads } from '../../components/file-upload.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useText } from '../../i18n/text.ts';
import { ByName } from './by-name.tsx';

const mostProofs = 5;

interface RemovalDialogProps {
  readonly product: ProductBehindView;
  /** what was asked for before and came back, to be asked for once more */
  readonly before: RemovalInput | null;
  readonly onClose: () => void;
}

/** S-37: asks to stop the product, some specifications or single SKUs; final once the operator agrees. */
export function RemovalDialog({ product, before, onClose }: RemovalDialogProps) {
  const { t } = useTranslation();
  const text = useText();
  const navigate = useNavigate();
  const asked = [...(before?.specificationIds ?? []), ...(before?.skuCodes ?? [])];
  const [whole, setWhole] = useState(asked.length === 0);
  const choices = removable(product);
  // nothing chosen would mean the whole product: what was stopped meanwhile does not count as chosen
  const [parts, setParts] = useState<ReadonlySet<string>>(
    new Set(asked.filter((id) => choices.some((choice) => choice.id === id))),
  );
  const [proof, setProof] = useState<FileRef[]>([...(before?.proof ?? [])]);
  const [named, setNamed] = useState(false);
  const ask = useCommand({
    run: (reason: string) =>
      askForRemoval(product.goodsId, {
        specificationIds: whole
          ? []
          : choices.flatMap(({ id, kind }) => (kind === 'specification' && parts.has(id) ? [id] : [])),
        skuCodes: whole ? [] : choices.flatMap(({ id, kind }) => (kind === 'sku' && parts.has(id) ? [id] : [])),
        reason,
        proof,
      }),
    refresh: [],
    done: t('publication.removalAsked'),
    onDone: ({ applicationId }) =>
      void navigate({ to: '/seller/applications/$applicationId', params: { applicationId } }),
    onFailed: () => true,
  });
  const toggle = (id: string): void =>
    setParts((so) => (so.has(id) ? new Set([...so].filter((one) => one !== id)) : new Set([...so, id])));
  return (
    <ReasonDialog
      title={t('publication.removalTitle')}
      confirm={t('publication.removalConfirm')}
      danger
      initial={before?.reason ?? ''}
      more={
        <div className="stack">
          <FileUploads
            purpose="PROOF"
            label={t('publication.proof')}
            value={proof}
            most={mostProofs}
            onChange={setProof}
          />
          {whole && <ByName name={text(product.name)} onMatch={setNamed} />}
        </div>
      }
      blocked={whole ? !named : parts.size === 0}
      busy={ask.isPending}
      error={ask.error}
      onClose={onClose}
      onConfirm={(reason) => ask.mutate(reason)}
    >
      <div className="stack stack--tight">
        <p>{t('publication.removalHelp')}</p>
        <Checkbox checked={whole} onChange={({ target }) => setWhole(target.checked)} data-testid="removal-whole">
          {t('publication.wholeProduct')}
        </Checkbox>
        {!whole && (
          <fieldset className="removal-parts">
            <legend className="visually-hidden">{t('publication.removalOf')}</legend>
            {choices.map(({ id, name, kind }) => (
              <Checkbox
                key={id}
                checked={parts.has(id)}
                onChange={() => toggle(id)}
                style={{ marginLeft: kind === 'sku' ? 24 : 0 }}
                data-testid={`removal-${kind}`}
              >
                {name.map((one) => text(one)).join(' ')}
              </Checkbox>
            ))}
          </fieldset>
        )}
      </div>
    </ReasonDialog>
  );
}

interface Removable {
  readonly kind: 'specification' | 'sku';
  readonly id: string;
  readonly name: readonly { readonly zh: string; readonly en: string }[];
}

/** What is still on sale, each specification followed by its SKUs where it has several. */
function removable({ content, specifications }: ProductBehindView): Removable[] {
  return content.specifications.flatMap((one) => {
    const state = specifications.find(({ specificationId }) => specificationId === one.specificationId);
    if (one.specificationId === null || state?.status !== 'ON_SALE') return [];
    const selling = new Set(state.skus.flatMap(({ skuCode, status }) => (status === 'ON_SALE' ? [skuCode] : [])));
    const skus = one.skus.flatMap(({ skuCode, attributes }): Removable[] =>
      skuCode !== null && selling.has(skuCode) && one.skus.length > 1
        ? [{ kind: 'sku', id: skuCode, name: attributes.map(({ value }) => value) }]
        : [],
    );
    return [{ kind: 'specification', id: one.specificationId, name: [one.name] }, ...skus];
  });
}
