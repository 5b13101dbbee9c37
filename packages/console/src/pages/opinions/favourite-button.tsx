import { HeartFilled, HeartOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { setFavourite } from '../../api/opinions.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { may } from '../../shell/areas.ts';

interface FavouriteButtonProps {
  readonly goodsId: string;
  readonly name: string;
  readonly favourite: boolean;
}

/** Keeps a product at hand; shown at once, because it cannot be wrong for long. Nobody but buyers keeps favourites. */
export function FavouriteButton({ goodsId, name, favourite }: FavouriteButtonProps) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const command = useCommand({
    run: (next: boolean) => setFavourite(goodsId, next),
    refresh: ['products'],
  });
  const shown = command.isPending ? command.variables : command.data === undefined ? favourite : command.data.favourite;
  if (!may(session, 'opinion.write')) return null;
  return (
    <Button
      type="text"
      className="favourite"
      aria-pressed={shown}
      aria-label={t(shown ? 'finding.unfavourite' : 'finding.favourite', { name })}
      title={t(shown ? 'finding.unfavourite' : 'finding.favourite', { name })}
      icon={shown ? <HeartFilled className="heart" /> : <HeartOutlined />}
      onClick={() => command.mutate(!shown)}
      data-testid="favourite"
    />
  );
}
