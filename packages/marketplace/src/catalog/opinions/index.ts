/** Favourites, reviews and questions (12.3, B-14). */
export { favouritesAmong, listFavourites, setFavourite } from './favourites.ts';
export { answerQuestion, askQuestion, listQuestions, MOST_OPEN, type Question } from './questions.ts';
export { listReviews, type Review, type ReviewableLine, reviewableLines, type Score, scoreOf } from './review-store.ts';
export {
  type Actor,
  addToReview,
  deleteReply,
  editReview,
  hideReview,
  type Opinion,
  replyToReview,
  writeReview,
} from './reviews.ts';
export { EDIT_DAYS, editableUntil, maskedName, mayAdd, mayEdit, mayReply, sensitiveWords } from './rules.ts';
export { opinionsSchema } from './schema.ts';
