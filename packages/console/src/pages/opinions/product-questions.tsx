import type { QuestionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askQuestion, productQuestionsQuery } from '../../api/opinions.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { Said } from './review-item.tsx';

const pageSize = 10;
const mostQuestions = 100;

/** Answered questions and the reader's own, and a field for another (B-14). */
export function ProductQuestions({ goodsId }: { goodsId: string }) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(pageSize);
  const questions = useQuery(productQuestionsQuery(goodsId, { limit }));
  const session = useQuery(sessionQuery).data;
  return (
    <Panel title={t('opinions.questions')}>
      <div className="stack">
        {may(session, 'opinion.write') ? (
          <Ask goodsId={goodsId} />
        ) : (
          <p className="soft">{t('opinions.signInToAsk')}</p>
        )}
        <Loaded query={questions}>
          {(found) =>
            found.items.length === 0 ? (
              <p className="soft">{t('opinions.noQuestions')}</p>
            ) : (
              <div>
                {found.items.map((question) => (
                  <QuestionItem key={question.questionId} question={question} />
                ))}
                {found.nextCursor !== null && limit < mostQuestions && (
                  <Button onClick={() => setLimit(Math.min(mostQuestions, limit * 2))}>{t('opinions.more')}</Button>
                )}
              </div>
            )
          }
        </Loaded>
      </div>
    </Panel>
  );
}

export function QuestionItem({ question }: { question: QuestionView }) {
  const { t } = useTranslation();
  return (
    <article className="opinion" data-testid="question" data-row={question.questionId}>
      <div className="opinion-head">
        <strong className="prose">{question.text}</strong>
        <span className="soft">{question.author}</span>
        <span className="soft">
          <Instant at={question.createdAt} />
        </span>
      </div>
      {question.answer === null ? (
        <span className="soft">{t('opinions.waiting')}</span>
      ) : (
        <Said title={t('opinions.answer')} said={question.answer} answer />
      )}
    </article>
  );
}

const longest = 500;

function Ask({ goodsId }: { goodsId: string }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const ask = useCommand({
    run: (words: string) => askQuestion(goodsId, words),
    refresh: ['questions'],
    done: t('opinions.asked'),
    onDone: () => setText(''),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim().length >= 2) ask.mutate(text.trim());
  };
  return (
    <form onSubmit={send} className="field">
      <label htmlFor={id}>{t('opinions.askLabel')}</label>
      <Input.TextArea
        id={id}
        value={text}
        maxLength={longest}
        showCount
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t('opinions.askPlaceholder')}
        onChange={(event) => setText(event.target.value)}
        data-testid="question-text"
      />
      <div>
        <Button
          htmlType="submit"
          type="primary"
          disabled={text.trim().length < 2}
          loading={ask.isPending}
          data-testid="ask"
        >
          {t('opinions.ask')}
        </Button>
      </div>
    </form>
  );
}
