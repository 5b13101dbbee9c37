import type { QuestionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerQuestion, sellerQuestionsQuery } from '../../api/opinions.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { questionStates } from '../../search/finding-params.ts';
import { isFiltered } from '../../search/params.ts';
import { Said } from './review-item.tsx';
import { TextDialog } from './text-dialog.tsx';

const route = getRouteApi('/seller/questions');

/** Questions before a purchase (S-51): unanswered ones wait for the seller. */
export function SellerQuestionsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const questions = useQuery(sellerQuestionsQuery(search));
  return (
    <Page title={t('opinions.sellerQuestions')}>
      <Filters active={isFiltered(search)} names={['state', 'goodsId']}>
        <ChoiceFilter
          name="state"
          label={t('opinions.stateLabel')}
          value={search.state}
          choices={questionStates.map((value) => ({ value, label: t(`opinions.state.${value}`) }))}
        />
      </Filters>
      <Loaded query={questions}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('opinions.noSellerQuestions')} />
          ) : (
            <div className="panel">
              {page.items.map((question) => (
                <Asked key={question.questionId} question={question} />
              ))}
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Asked({ question }: { question: QuestionView }) {
  const { t } = useTranslation();
  const text = useText();
  const [open, setOpen] = useState(false);
  const answer = useCommand({
    run: (words: string) => answerQuestion(question.questionId, words),
    refresh: ['questions'],
    done: t('opinions.sent'),
    onDone: () => setOpen(false),
  });
  const title = t(question.answer === null ? 'opinions.reply' : 'opinions.changeAnswer');
  return (
    <article className="opinion" data-testid="question" data-row={question.questionId}>
      <div className="opinion-head">
        <span className={question.answer === null ? 'state state--wait' : 'state state--ok'}>
          {t(`opinions.state.${question.answer === null ? 'OPEN' : 'ANSWERED'}`)}
        </span>
        <Link to="/products/$goodsId" params={{ goodsId: question.goodsId }}>
          {text(question.productName)}
        </Link>
        <span className="soft">{question.author}</span>
        <span className="soft">
          <Instant at={question.createdAt} />
        </span>
      </div>
      <p className="prose">{question.text}</p>
      {question.answer !== null && <Said title={t('opinions.answer')} said={question.answer} answer />}
      <div>
        <Button
          size="small"
          type={question.answer === null ? 'primary' : 'default'}
          onClick={() => setOpen(true)}
          data-testid="answer"
        >
          {title}
        </Button>
      </div>
      {open && (
        <TextDialog
          title={title}
          label={t('opinions.replyLabel')}
          about={question.text}
          text={question.answer?.text ?? ''}
          busy={answer.isPending}
          error={answer.error}
          onSend={answer.mutate}
          onClose={() => setOpen(false)}
        />
      )}
    </article>
  );
}
