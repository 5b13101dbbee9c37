/** What buyers think and ask: favourites, reviews with their score, questions. */
import type { Migration } from '../../platform/database/migrations.ts';

export const opinionsSchema: Migration = {
  id: '0023-opinions',
  sql: `
CREATE TABLE catalog.favourites (
  user_id text NOT NULL, goods_id text NOT NULL REFERENCES catalog.products, created_at timestamptz NOT NULL, PRIMARY KEY (user_id, goods_id)
);
CREATE INDEX ON catalog.favourites (user_id, created_at DESC, goods_id DESC);

CREATE TABLE catalog.reviews (
  review_id uuid PRIMARY KEY,
  -- one review per completed order line (12.3)
  order_line_id text NOT NULL UNIQUE REFERENCES catalog.purchases,
  goods_id text NOT NULL REFERENCES catalog.products, seller_id text NOT NULL, buyer_id text NOT NULL, author text NOT NULL,
  product_name jsonb NOT NULL, specification_name jsonb NOT NULL,
  stars int NOT NULL CHECK (stars BETWEEN 1 AND 5), text text NOT NULL CHECK (length(text) <= 500),
  pictures jsonb NOT NULL CHECK (jsonb_array_length(pictures) <= 5),
  created_at timestamptz NOT NULL, edited_at timestamptz,
  addition text CHECK (length(addition) <= 500), added_at timestamptz,
  reply text CHECK (length(reply) <= 500), replied_at timestamptz, replied_by text,
  hidden_reason text, hidden_at timestamptz, hidden_by text
);
CREATE INDEX ON catalog.reviews (goods_id, created_at DESC, review_id DESC);
CREATE INDEX ON catalog.reviews (seller_id, created_at DESC, review_id DESC);
CREATE INDEX ON catalog.reviews (buyer_id, created_at DESC, review_id DESC);
CREATE INDEX ON catalog.reviews (created_at DESC, review_id DESC);
-- mean of the visible reviews, 1 decimal, and how many gave 1 … 5 stars
CREATE TABLE catalog.scores (goods_id text PRIMARY KEY, reviews int NOT NULL, rating numeric(2,1), stars int[] NOT NULL);

CREATE TABLE catalog.questions (
  question_id uuid PRIMARY KEY, goods_id text NOT NULL REFERENCES catalog.products, seller_id text NOT NULL, buyer_id text NOT NULL,
  author text NOT NULL, text text NOT NULL CHECK (length(text) <= 500), created_at timestamptz NOT NULL,
  answer text CHECK (length(answer) <= 500), answered_at timestamptz, answered_by text
);
CREATE INDEX ON catalog.questions (goods_id, created_at DESC, question_id DESC);
CREATE INDEX ON catalog.questions (seller_id, created_at DESC, question_id DESC);
CREATE INDEX ON catalog.questions (buyer_id, goods_id) WHERE answer IS NULL;
`,
};
