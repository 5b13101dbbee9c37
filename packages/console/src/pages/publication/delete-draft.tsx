import { useNavigate } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { deleteDraft } from '../../api/publication.ts';
import type { DraftView } from '../../api/publication-types.ts';
import { useCommand } from '../../components/command.ts';

/** C40a: throws the draft away; of a product that was never approved nothing is left. */
export function DeleteDraft({ draft: { goodsId, kind, openApplication } }: { draft: DraftView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isNew = kind === 'NEW';
  const word = t(isNew ? 'publication.deleteDraft' : 'publication.discardChange');
  const remove = useCommand({
    run: () => deleteDraft(goodsId),
    refresh: ['own-products'],
    done: t('publication.draftDeleted'),
    onDone: () => void navigate({ to: '/seller/products', search: {} }),
  });
  return (
    <Popconfirm
      title={t('publication.deleteQuestion')}
      description={
        <div style={{ maxWidth: 320 }}>{t(isNew ? 'publication.deleteHelp' : 'publication.discardHelp')}</div>
      }
      okText={word}
      okButtonProps={{ danger: true, 'data-testid': 'delete-draft-confirm' }}
      disabled={openApplication !== null}
      onConfirm={() => remove.mutate(undefined)}
    >
      <Button
        danger
        size="small"
        disabled={openApplication !== null}
        title={openApplication === null ? word : t('publication.withdrawFirst')}
        loading={remove.isPending}
        data-testid="delete-draft"
      >
        {word}
      </Button>
    </Popconfirm>
  );
}
