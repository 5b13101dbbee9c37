import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { startChange } from '../../api/publication.ts';
import type { OwnProductView } from '../../api/publication-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { useCommand } from '../../components/command.ts';

interface EditButtonProps {
  readonly product: Pick<OwnProductView, 'goodsId' | 'status' | 'hasDraft' | 'version'>;
  /** the page's one next action */
  readonly large?: boolean;
}

/** Into the editor: to correct what came back, to go on with a draft, or to begin a change of what is on sale (C35). */
export function EditButton({ product, large = false }: EditButtonProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { goodsId, status, hasDraft, version } = product;
  const edit = { to: '/seller/products/edit/$goodsId', params: { goodsId }, search: {} } as const;
  const begin = useCommand({
    run: () => startChange(goodsId),
    refresh: ['own-products'],
    onDone: () => void navigate(edit),
  });
  const size = large ? {} : ({ size: 'small' } as const);
  if (hasDraft || version === null) {
    return (
      <ButtonLink
        {...size}
        {...edit}
        color={large ? 'primary' : 'default'}
        variant={large ? 'solid' : 'outlined'}
        data-testid="edit-product"
      >
        {t(status === 'REJECTED' ? 'publication.correct' : 'publication.goOn')}
      </ButtonLink>
    );
  }
  return (
    <Button {...size} loading={begin.isPending} onClick={() => begin.mutate(undefined)} data-testid="edit-product">
      {t('publication.modify')}
    </Button>
  );
}
