import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Badge } from 'antd';
import { useTranslation } from 'react-i18next';
import { unreadQuery } from '../api/messages.ts';
import { ButtonLink } from '../components/button-link.tsx';

/** The way to the messages; how many are unread is said in its name too, not by the badge alone. */
export function Bell() {
  const { t } = useTranslation();
  const unread = useQuery(unreadQuery).data?.count ?? 0;
  return (
    <ButtonLink
      to="/messages"
      color="default"
      variant="text"
      icon={
        <Badge
          count={unread}
          size="small"
          overflowCount={99}
          // two digits leave both the bell and its neighbour in sight
          offset={[5, 3]}
          styles={{ indicator: { paddingInline: 3 } }}
          data-testid="bell-count"
        >
          <BellOutlined style={{ fontSize: 16 }} />
        </Badge>
      }
      aria-label={unread === 0 ? t('message.bell') : t('message.bellUnread', { unread })}
      data-testid="bell"
      data-unread={unread}
    />
  );
}
