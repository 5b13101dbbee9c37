/** Opinions → what the console API shows, and to whom. */
import type { z } from 'zod';
import {
  currentContents,
  editableUntil,
  type LocalizedText,
  maskedName,
  mayAdd,
  mayEdit,
  type Question,
  type Review,
} from '../../catalog/index.ts';
import type { Principal } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import type * as schemas from './opinion-schemas.ts';
import { pictureUrl } from './present-finding.ts';

type View<S extends z.ZodType> = z.infer<S>;

/** Who looks: the writer sees more of his own, others a masked name. */
export function presentReview(review: Review, viewer: Principal, now: Date): View<typeof schemas.review> {
  const own = viewer.buyerId === review.buyerId;
  const editable = own && mayEdit(review, now).ok;
  const { reviewId, goodsId, productName, specificationName, stars, text, createdAt, editedAt } = review;
  return {
    reviewId,
    goodsId,
    productName,
    specificationName,
    author: own ? review.author : maskedName(review.author),
    own,
    stars,
    text,
    pictures: review.pictures.map(({ fileId, name }) => ({ fileId, name, url: pictureUrl(fileId) })),
    createdAt: createdAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    addition: said(review.addition, review.addedAt),
    reply: said(review.reply, review.repliedAt),
    hidden: review.hiddenAt === null ? null : { reason: review.hiddenReason ?? '', at: review.hiddenAt.toISOString() },
    editableUntil: editable ? editableUntil(createdAt).toISOString() : null,
    canAdd: own && mayAdd(review).ok,
  };
}

const said = (text: string | null, at: Date | null) =>
  text === null || at === null ? null : { text, at: at.toISOString() };

export function presentQuestion(
  question: Question,
  productName: LocalizedText,
  viewer: Principal,
): View<typeof schemas.question> {
  const { questionId, goodsId, author, text, createdAt, answer, answeredAt } = question;
  const own = viewer.buyerId === question.buyerId;
  return {
    questionId,
    goodsId,
    productName,
    author: own ? author : maskedName(author),
    own,
    text,
    createdAt: createdAt.toISOString(),
    answer: said(answer, answeredAt),
  };
}

/** Names of the current versions. */
export async function productNames(
  executor: Executor,
  goodsIds: readonly string[],
): Promise<(goodsId: string) => LocalizedText> {
  const contents = await currentContents(executor, goodsIds);
  return (goodsId) => contents.get(goodsId)?.name ?? { zh: goodsId, en: goodsId };
}
