/** What went wrong, by the API's problem codes: a headline and what to do. */
export const problem = {
  shortBy: 'Due {{amount}}, balance {{balance}}: {{gap}} missing. Top up and pay again.',
  NOT_ON_SALE: {
    title: 'No longer on sale',
    detail: 'This product or specification is not on sale. Choose another one.',
  },
  INVALID_QUANTITY: { title: 'Quantity not allowed', detail: 'Keep to the product’s minimum, maximum and step.' },
  PRICE_CHANGED: { title: 'The price has changed', detail: 'The new price is shown. Check it and submit again.' },
  INSUFFICIENT_BALANCE: { title: 'Balance too low', detail: 'Top up, then pay.' },
  ORDER_STATE: {
    title: 'The order has moved on',
    detail: 'This is not possible in its present state. See the latest state.',
  },
  OUT_OF_STOCK: { title: 'Out of stock', detail: 'Reduce the quantity or try later.' },
  NOT_FOUND: { title: 'Not found', detail: 'It does not exist or does not belong to this account.' },
  FORBIDDEN: { title: 'Not allowed', detail: 'This account lacks the right. Ask your administrator.' },
  UNAUTHENTICATED: { title: 'Signed out', detail: 'Sign in again.' },
  INVALID_CREDENTIALS: { title: 'Wrong login name or password', detail: 'Check both and try again.' },
  ACCOUNT_LOCKED: { title: 'Account locked', detail: 'Too many failed sign-ins. Try again later.' },
  VALIDATION: { title: 'Something is not filled in right', detail: 'Correct what is named and try again.' },
  IDEMPOTENCY_CONFLICT: {
    title: 'Conflicting request',
    detail: 'This was submitted before with other content. Reload the page to see the outcome.',
  },
  IDEMPOTENCY_IN_FLIGHT: {
    title: 'Still working',
    detail: 'The same request is being processed. Try again in a moment.',
  },
  RATE_LIMITED: { title: 'Too many requests', detail: 'Wait a moment and try again.' },
  INTERNAL: { title: 'The server failed', detail: 'Try again later; if it fails again, quote the request ID.' },
  NETWORK: {
    title: 'No connection to the server',
    detail: 'Check your network and try again. Nothing is ordered or paid twice.',
  },
  TIMEOUT: { title: 'The server did not answer in time', detail: 'Try again. Nothing is ordered or paid twice.' },
  CLIENT: { title: 'This page broke', detail: 'Try again or reload the page.' },
};
