import type { MessageView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { markRead, messagesQuery, unreadQuery } from '../api/messages.ts';
import { problemOf } from '../api/problem.ts';
import { sessionQuery } from '../api/queries.ts';
import { ButtonLink } from '../components/button-link.tsx';
import { Empty, Loaded } from '../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../components/filters.tsx';
import { Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { useProblemText } from '../components/problem-text.ts';
import { type Column, Rows } from '../components/rows.tsx';
import { Instant } from '../components/values.tsx';
import { useText } from '../i18n/text.ts';
import { messageClasses, parseMessageSearch } from '../search/message-params.ts';
import { isFiltered } from '../search/params.ts';
import { may } from '../shell/areas.ts';

/** What happened that the reader should know, newest first; each message leads to its object (N-4). */
export function MessagesPage() {
  const { t } = useTranslation();
  const search = parseMessageSearch(useSearch({ strict: false }));
  const messages = useQuery(messagesQuery(search));
  const mayManage = may(useQuery(sessionQuery).data, 'receiver.manage');
  return (
    <Page
      title={t('nav.messages')}
      tools={
        <div className="row">
          <ReadAll unread={messages.data?.unread ?? 0} />
          {mayManage && <ButtonLink to="/messages/receivers">{t('message.manage')}</ButtonLink>}
        </div>
      }
    >
      <Filters active={isFiltered(search)} names={['state', 'class']}>
        <ChoiceFilter
          name="state"
          label={t('message.show')}
          value={search.state}
          choices={[{ value: 'unread', label: t('message.onlyUnread') }]}
        />
        <ChoiceFilter
          name="class"
          label={t('message.class')}
          value={search.class}
          choices={messageClasses.map((name) => ({ value: name, label: t(`message.classes.${name}`) }))}
        />
      </Filters>
      <Loaded query={messages}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'message.none')} />
          ) : (
            <>
              <MessageRows messages={page.items} />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function MessageRows({ messages }: { messages: readonly MessageView[] }) {
  const { t } = useTranslation();
  const columns: Column<MessageView>[] = [
    { key: 'message', title: t('message.column'), render: (message) => <Message message={message} /> },
    { key: 'class', title: t('message.class'), render: (message) => t(`message.classes.${message.class}`) },
    { key: 'time', title: t('message.time'), render: (message) => <Instant at={message.createdAt} /> },
    { key: 'action', title: t('list.action'), render: (message) => <Read message={message} /> },
  ];
  return <Rows rows={messages} columns={columns} rowKey={(message) => message.messageId} testId="message-row" />;
}

/** Following its link reads it. */
function Message({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const say = useText();
  const read = useRead();
  const unread = message.readAt === null;
  return (
    <div className="stack stack--tight" style={{ gap: 2 }}>
      <span className="row" style={{ gap: 6 }}>
        {unread && <span className="chip">{t('message.unread')}</span>}
        <Link
          to={message.link}
          onClick={() => unread && read.mutate([message.messageId])}
          style={{ fontWeight: unread ? 650 : 400 }}
          data-testid="message-link"
        >
          {say(message.title)}
        </Link>
      </span>
      <span className="soft" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
        {say(message.text)}
      </span>
    </div>
  );
}

function Read({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const read = useRead();
  if (message.readAt !== null) return '—';
  return (
    <Button
      size="small"
      loading={read.isPending}
      onClick={() => read.mutate([message.messageId])}
      data-testid="mark-read"
    >
      {t('message.read')}
    </Button>
  );
}

function ReadAll({ unread }: { unread: number }) {
  const { t } = useTranslation();
  const read = useRead();
  return (
    <Button
      disabled={unread === 0}
      loading={read.isPending}
      onClick={() => read.mutate(undefined)}
      data-testid="mark-all-read"
    >
      {t('message.readAll')}
    </Button>
  );
}

function useRead() {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: (ids: readonly string[] | undefined) => markRead(ids),
    onSuccess: (unread) => queryClient.setQueryData(unreadQuery.queryKey, unread),
    onError: (error) => void message.error(problemText(problemOf(error)).title),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['messages', 'list'] }),
  });
}
