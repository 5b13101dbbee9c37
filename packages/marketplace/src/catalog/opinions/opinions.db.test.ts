/** Whoever bought may say what he thinks, once, and everybody reads it; whoever looks may ask (12.3, B-14, B-16, B-104, S-51, S-52). */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../../tests/support/database.ts';
import type { Scope } from '../../directory/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import { buyFromDemo } from '../../testing/index.ts';
import {
  addToReview,
  answerQuestion,
  askQuestion,
  deleteReply,
  editReview,
  hideReview,
  listFavourites,
  listQuestions,
  listReviews,
  MOST_OPEN,
  replyToReview,
  reviewableLines,
  scoreOf,
  searchProducts,
  setFavourite,
  writeReview,
} from '../index.ts';

const world = fileWorld();
const DAY_MS = 86_400_000;
let orderLineIds: string[] = [];
let unpaid = '';
const now = () => world().platform.clock.now();
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);
const someone = (scope: Scope) => ({ scope, userId: 'user', displayName: '李明 Li Ming' });
const buyer = () => someone({ kind: 'buyer', buyerId: world().demo.buyerId, placedBy: null });
const seller = () => someone({ kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null });
const operator = someone({ kind: 'all' });
const stranger = someone({ kind: 'buyer', buyerId: 'somebody else', placedBy: null });
const noPictures: string[] = [];
const opinion = { stars: 5, text: '开通很快，用着放心', pictures: noPictures };
const write = (orderLineId: string, more: Partial<typeof opinion> = {}, who = buyer()) =>
  inTx((tx) => writeReview(world().platform, tx, who, { orderLineId, ...opinion, ...more }, now()));
const score = () => scoreOf(world().platform.db, world().demo.goodsId);

beforeAll(async () => {
  const { platform } = world();
  for (let count = 0; count < 3; count += 1) {
    const order = await buyFromDemo(world());
    orderLineIds.push(order.lines[0]?.orderLineId ?? '');
    await platform.events.publish(
      platform.db,
      [
        {
          type: 'ordering.order-completed',
          aggregate: `order:${order.orderId}`,
          payload: { orderId: order.orderId },
          traceId: 'test',
        },
      ],
      platform.clock.now(),
    );
  }
  const waiting = await buyFromDemo(world());
  unpaid = waiting.lines[0]?.orderLineId ?? '';
  await world().simulator.drain();
  const lines = await reviewableLines(platform.db, { buyerId: world().demo.buyerId, goodsId: undefined, limit: 10 });
  orderLineIds = orderLineIds.filter((id) => lines.some((line) => line.orderLineId === id));
});

describe('12.3: a review', () => {
  it('B-104: belongs to a completed order line of one’s own', async () => {
    expect(orderLineIds).toHaveLength(3);
    expect(await write(unpaid)).toMatchObject({ refusal: { code: 'NOT_COMPLETED' } });
    expect(await write('nothing')).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    expect(await write(orderLineIds[0] ?? '', {}, stranger)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
  });

  it('is one per order line, also when two are sent at once', async () => {
    const both = await Promise.all([write(orderLineIds[0] ?? ''), write(orderLineIds[0] ?? '')]);
    expect(both.map((each) => (each.ok ? 'written' : each.refusal.code)).toSorted()).toEqual([
      'ALREADY_REVIEWED',
      'written',
    ]);
  });

  it('the score is the mean of the visible ones with 1 decimal, in the index too', async () => {
    await write(orderLineIds[1] ?? '', { stars: 4 });
    await write(orderLineIds[2] ?? '', { stars: 2 });
    expect(await score()).toEqual({ rating: '3.7', reviews: 3, stars: [0, 1, 0, 1, 1] });
    const [found] = (await searchProducts(world().platform.db, { site: 'CN', sort: 'RATING', after: null, limit: 1 }))
      .items;
    expect(found).toMatchObject({ rating: '3.7', reviews: 3 });
  });

  it('can be changed for 30 days, by its writer only, and added to once', async () => {
    const [review] = await listReviews(world().platform.db, { stars: 4, before: null, limit: 1 });
    const id = review?.reviewId ?? '';
    const edit = (at: Date, who = buyer()) => inTx((tx) => editReview(tx, who, id, { ...opinion, stars: 3 }, at));
    const last = new Date(now().getTime() + 30 * DAY_MS - 1);
    expect(await edit(last, stranger)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    expect(await edit(new Date(last.getTime() + 1))).toMatchObject({ refusal: { code: 'REVIEW_CLOSED' } });
    expect(await edit(last)).toMatchObject({ ok: true, value: { stars: 3, editedAt: last } });
    const add = () => inTx((tx) => addToReview(tx, buyer(), id, '用了三个月，仍然满意', last));
    expect(await add()).toMatchObject({ ok: true, value: { addition: '用了三个月，仍然满意' } });
    expect(await add()).toMatchObject({ refusal: { code: 'ALREADY_ADDED' } });
  });

  it('S-52: the seller has one reply, may delete it, and then write another', async () => {
    const [review] = await listReviews(world().platform.db, { stars: 5, before: null, limit: 1 });
    const reply = () => inTx((tx) => replyToReview(tx, seller(), review?.reviewId ?? '', '感谢支持', now()));
    expect(await reply()).toMatchObject({ ok: true, value: { reply: '感谢支持' } });
    expect(await reply()).toMatchObject({ refusal: { code: 'ALREADY_REPLIED' } });
    expect(await inTx((tx) => deleteReply(tx, seller(), review?.reviewId ?? ''))).toMatchObject({
      value: { reply: null },
    });
    expect(await inTx((tx) => deleteReply(tx, seller(), review?.reviewId ?? ''))).toMatchObject({
      refusal: { code: 'NO_REPLY' },
    });
    expect(await reply()).toMatchObject({ ok: true });
    const other = someone({ kind: 'seller', sellerId: world().demo.sellerId, goodsIds: [] });
    expect(await inTx((tx) => deleteReply(tx, other, review?.reviewId ?? ''))).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
  });

  it('the platform may hide it: it counts no longer, nothing can be done with it, and it may come back', async () => {
    const [review] = await listReviews(world().platform.db, { stars: 2, before: null, limit: 1 });
    const id = review?.reviewId ?? '';
    const hide = (hidden: boolean) =>
      inTx((tx) => hideReview(tx, operator, id, { hidden, reason: '与商品无关' }, now()));
    expect(await hide(true)).toMatchObject({ ok: true, value: { hiddenReason: '与商品无关' } });
    expect(await score()).toMatchObject({ rating: '4.0', reviews: 2 });
    const visible = await listReviews(world().platform.db, { state: 'VISIBLE', before: null, limit: 10 });
    expect(visible.map(({ reviewId }) => reviewId)).not.toContain(id);
    expect(await inTx((tx) => addToReview(tx, buyer(), id, '补充', now()))).toMatchObject({
      refusal: { code: 'REVIEW_HIDDEN' },
    });
    expect(await inTx((tx) => replyToReview(tx, seller(), id, '回复', now()))).toMatchObject({
      refusal: { code: 'REVIEW_HIDDEN' },
    });
    await hide(false);
    expect(await score()).toMatchObject({ rating: '3.3', reviews: 3 });
  });

  it('a picture that is not the writer’s own is refused, and nothing is written', async () => {
    await sql`DELETE FROM catalog.reviews WHERE order_line_id = ${orderLineIds[0]}`.execute(world().platform.db);
    const foreign = await write(orderLineIds[0] ?? '', { pictures: ['6f0e7c5e-8a4f-4d7c-9f8e-0123456789ab'] });
    expect(foreign).toMatchObject({ refusal: { code: 'FILE_UNKNOWN' } });
  });
});

describe('B-14: a question', () => {
  const ask = (text = '支持私有化部署吗？', who = buyer()) =>
    inTx((tx) => askQuestion(world().platform, tx, who, { goodsId: world().demo.goodsId, text }, now()));
  const shownTo = (buyerId: string) =>
    listQuestions(world().platform.db, { goodsId: world().demo.goodsId, shownTo: buyerId, before: null, limit: 10 });

  it('S-51: goes to its seller, and is shown to others once it is answered', async () => {
    const asked = await ask();
    if (!asked.ok) throw new Error('refused');
    expect(await shownTo('somebody else')).toEqual([]);
    expect(await shownTo(world().demo.buyerId)).toHaveLength(1);
    // N-70
    await world().simulator.drain();
    const { rows: told } = await sql<{ title: string; body: string; link: string }>`
      SELECT DISTINCT title ->> 'zh' AS title, body ->> 'zh' AS body, link FROM notification.messages
      WHERE variant = 'N-70.question' AND tenant = ${`seller:${world().demo.sellerId}`}`.execute(world().platform.db);
    expect(told).toMatchObject([{ body: expect.stringContaining('支持私有化部署吗？'), link: '/seller/questions' }]);
    const answer = (who: ReturnType<typeof someone>) =>
      inTx((tx) => answerQuestion(tx, who, { questionId: asked.value.questionId, text: '支持，请联系我们' }, now()));
    expect(await answer(someone({ kind: 'seller', sellerId: 'another', goodsIds: null }))).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
    expect(await answer(seller())).toMatchObject({ ok: true });
    expect(await shownTo('somebody else')).toMatchObject([{ answer: '支持，请联系我们' }]);
  });

  it('B-16: sensitive words and personal data are refused with a hint, in questions, answers and reviews', async () => {
    expect(await ask('你们是全国第一吗')).toMatchObject({
      refusal: { code: 'SENSITIVE_WORD', facts: { words: '全国第一' } },
    });
    expect(await ask('请打电话 13800138000')).toMatchObject({ refusal: { code: 'PERSONAL_DATA' } });
    const [open] = await shownTo(world().demo.buyerId);
    expect(
      await inTx((tx) =>
        answerQuestion(tx, seller(), { questionId: open?.questionId ?? '', text: '我们是最好的' }, now()),
      ),
    ).toMatchObject({ refusal: { code: 'SENSITIVE_WORD' } });
    expect(await write(orderLineIds[0] ?? '', { text: '史无前例' })).toMatchObject({
      refusal: { code: 'SENSITIVE_WORD' },
    });
  });

  it('some wait for an answer, not any number', async () => {
    for (let count = 0; count < MOST_OPEN; count += 1) expect(await ask(`问题 ${count}`)).toMatchObject({ ok: true });
    expect(await ask('再问一个')).toMatchObject({ refusal: { code: 'TOO_MANY_QUESTIONS' } });
  });
});

it('12.2: favourites are a person’s own; twice is once', async () => {
  const { db } = world().platform;
  const mark = (goodsId: string, favourite = true) => setFavourite(db, { userId: 'ann', goodsId, favourite }, now());
  expect(await mark('nothing')).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
  await mark(world().demo.goodsId);
  expect(await mark(world().demo.goodsId)).toMatchObject({ ok: true });
  const listed = (userId: string) => listFavourites(db, { userId, before: null, limit: 10 });
  expect((await listed('ann')).map(({ goodsId }) => goodsId)).toEqual([world().demo.goodsId]);
  expect(await listed('bob')).toEqual([]);
  await mark(world().demo.goodsId, false);
  expect(await listed('ann')).toEqual([]);
});
