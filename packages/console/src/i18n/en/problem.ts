/** What went wrong, by the API's problem codes: a headline and what to do. */
export const problem = {
  sensitive: 'Change these words, then send it again: {{words}}',
  SENSITIVE_WORD: { title: 'It holds sensitive words', detail: 'Change them, then send it again.' },
  PERSONAL_DATA: {
    title: 'It holds personal data',
    detail: 'Everybody will read it: take out phone and identity numbers.',
  },
  ALREADY_REVIEWED: {
    title: 'Reviewed before',
    detail: 'Each completed order line has one review; you can change it or add to it.',
  },
  NOT_COMPLETED: { title: 'Not yet', detail: 'A purchase is reviewed once its order is completed.' },
  REVIEW_CLOSED: {
    title: 'It can no longer be changed',
    detail: 'A review can be changed for 30 days; later you can add to it once.',
  },
  REVIEW_HIDDEN: {
    title: 'The review is hidden',
    detail: 'The marketplace has hidden it; nothing more can be done with it.',
  },
  ALREADY_ADDED: { title: 'Added before', detail: 'A review is added to once.' },
  ALREADY_REPLIED: { title: 'Replied before', detail: 'A review has one reply; delete it to write another.' },
  TOO_MANY_QUESTIONS: { title: 'Too many questions', detail: 'Some of your questions still wait for an answer.' },
  shortBy: 'Due {{amount}}, balance {{balance}}: {{gap}} missing. Top up and pay again.',
  NOT_ON_SALE: {
    title: 'No longer on sale',
    detail: 'This product or specification is not on sale. Choose another one.',
  },
  INVALID_QUANTITY: { title: 'Quantity not allowed', detail: 'Keep to the product’s minimum, maximum and step.' },
  PRICE_CHANGED: { title: 'The price has changed', detail: 'The new price is shown. Check it and submit again.' },
  ONE_LINE_ONLY: {
    title: 'One service per order',
    detail: 'This seller opens one service per order. Place an order for each.',
  },
  SELLER_LEFT: {
    title: 'The seller has left the marketplace',
    detail: 'Past orders, bills and invoices can be read; refunds and returned invoices of customers are answered.',
  },
  JOINING_AGAIN: {
    title: 'This company cannot join again',
    detail: 'By its name or the mailbox of its account, it is a seller that has left (S4-7).',
  },
  LEAVING_OPEN: { title: 'An application waits already', detail: 'Await the operator, or take it back first.' },
  LEAVING_HINDERED: {
    title: 'Something is still open',
    detail: 'Products, orders, settlement or invoices are not done (S4-7). Read the list again.',
  },
  LEAVING_STATE: { title: 'It was decided before', detail: 'By somebody else, or it was taken back. Read it again.' },
  STATEMENT_ORDER: {
    title: 'Not among the orders without an invoice',
    detail: 'It may be invoiced, refunded or declared by now. Read the list again and choose anew.',
  },
  INVOICE_ISSUER_LEFT: { title: 'The seller has left', detail: 'It issues no invoices any more.' },
  OFFER_PARTNER: {
    title: 'The offer names the service provider',
    detail: 'A service provider made the demand: enter its account ID (S9-3).',
  },
  PARTNER_KIND: {
    title: 'A reseller makes no demands',
    detail: 'It settles at its resale discount; the customer may ask the seller itself.',
  },
  FILE_UNKNOWN: {
    title: 'The file can not be used',
    detail: 'It does not exist, was cleared or is meant for something else. Upload it again.',
  },
  FOUR_EYES: {
    title: 'Another person approves',
    detail: 'Whoever made the run, an adjustment in it or an account of it does not approve it.',
  },
  NOTHING_DUE: { title: 'Nothing to pay', detail: 'Choose at least one requisition.' },
  NOT_DUE: { title: 'A requisition is not due any more', detail: 'It may be in another run. Read the list again.' },
  BANK_ACCOUNT_CHANGED: {
    title: 'The account has changed',
    detail: 'It was decided, or another one was entered meanwhile. Look at the newest one.',
  },
  BANK_ACCOUNT_MISSING: { title: 'An account is missing', detail: 'Enter the payee’s bank account first.' },
  PAYER_MISSING: { title: 'The marketplace’s own account is missing', detail: 'Enter which account is paid from.' },
  EXECUTION_DAY: { title: 'The execution date is past', detail: 'Choose today or later.' },
  PAYOUT_STATE: { title: 'The run is in another state', detail: 'This cannot be done in its state; look at it again.' },
  ACCOUNT_CHANGED: {
    title: 'A bank account was changed',
    detail: 'It changed after the run was made. Withdraw the run and make it anew.',
  },
  ENTRY_STATE: { title: 'The booking was decided before', detail: 'Perhaps by somebody else; read the list again.' },
  OTHER_AMOUNT: {
    title: 'Another amount',
    detail: 'A booking of another amount never settles a payment. Set it aside and say why.',
  },
  PAYMENT_STATE: {
    title: 'The payment is in another state',
    detail: 'This cannot be done with the payment in its state.',
  },
  INVOICE_TITLE: {
    title: 'The invoice details are incomplete',
    detail: 'Complete title, taxpayer number, mailbox or address as the kind of invoice needs.',
  },
  INVOICE_KIND: { title: 'This kind is not offered', detail: 'Choose a kind that the issuer offers.' },
  INVOICE_CREDIT: { title: 'Not repaid yet', detail: 'An order on credit is repaid before it is invoiced.' },
  INVOICE_REFUND: { title: 'A refund is open', detail: 'Ask for the invoice once the refund is decided.' },
  INVOICE_APPEAL: { title: 'An appeal is open', detail: 'Ask for the invoice once the appeal is decided.' },
  INVOICE_EXISTS: { title: 'Invoiced already', detail: 'An order is invoiced once; return its invoice first.' },
  INVOICE_LINE: { title: 'Can not be invoiced yet', detail: 'Orders that are paid and delivered are invoiced.' },
  INVOICE_STATE: {
    title: 'The invoice has moved on',
    detail: 'This can not be done in its present state. Look at the newest one.',
  },
  INVOICE_TURN: { title: 'Not your step', detail: 'The other side does this.' },
  INVOICE_FILE: { title: 'The file is missing', detail: 'An electronic invoice comes with its file.' },
  INVOICE_COURIER: { title: 'The courier is missing', detail: 'A paper invoice comes with carrier and number.' },
  INVOICE_RETURN: {
    title: 'The return is incomplete',
    detail: 'A deducted invoice needs proofs, paper that was not deducted needs a courier.',
  },
  INVOICE_LETTER: { title: 'There is no letter', detail: 'A letter explains an issued invoice of a general order.' },
  INVOICE_CHECK: { title: 'The invoice is not right', detail: 'Check its date, amounts and rate.' },
  INVOICE_DUPLICATE: { title: 'Sent before', detail: 'An invoice number counts once.' },
  FEE_TAKEN: { title: 'Can not be asked for', detail: 'Only the fee of paid bills is invoiced, and once.' },
  FEE_NOT_POSITIVE: { title: 'Nothing is left', detail: 'With the negative fees nothing is left to be invoiced.' },
  TITLES_FULL: { title: 'Too many titles', detail: 'At most 50 titles are kept; delete one first.' },
  BILL_HELD: {
    title: 'The bill is held',
    detail: 'A held bill does not move on. Release it, or wait until the minimum is reached.',
  },
  BILL_NOT_SENT: {
    title: 'The bill cannot be viewed yet',
    detail: 'It is under review, or its class has not reached CNY 1000.',
  },
  BILL_STATE: { title: 'The state of the bill changed', detail: 'This is not possible in its current state.' },
  EARLIER_PERIOD_OPEN: { title: 'An earlier period is open', detail: 'Periods are run in order.' },
  NOTHING_TO_BILL: { title: 'Nothing to bill', detail: 'No transaction of this period meets the conditions.' },
  NOT_YET: { title: 'The billing day has not come', detail: 'Run the period on its billing day or later.' },
  EXPORT_LIMIT: { title: 'Too many exports', detail: 'Ten of your exports are under way. Try again when one is done.' },
  LINK_EXPIRED: { title: 'The link has expired', detail: 'Open the file again from its page.' },
  ASSET_KIND: {
    title: 'Another kind of asset',
    detail: 'Kind and API group never change, and a version is of the same kind as its asset.',
  },
  ASSET_STATE: {
    title: 'The version has changed',
    detail: 'This is not possible in its state now. See the latest one.',
  },
  IMAGE_ORIGIN: {
    title: 'The image can not be taken',
    detail: 'Only a private system-disk image made from a public image, not published before, is accepted.',
  },
  ASSET_REGION: { title: 'The region can not be chosen', detail: 'Regions belong to this site and stand once.' },
  VERSION_EXISTS: { title: 'This version exists', detail: 'A submitted version is never replaced. Use a new one.' },
  API_GROUP_TAKEN: {
    title: 'This API group is an asset already',
    detail: 'One API group is one asset; used once, it can not be used again.',
  },
  NOTICE_EXISTS: {
    title: 'Told already',
    detail: 'These orders are told to another address. Remove that choice first.',
  },
  INSUFFICIENT_BALANCE: { title: 'Balance too low', detail: 'Top up, then pay.' },
  PURSE_NOT_USABLE: {
    title: 'This coupon or card can not be used',
    detail: 'It is not valid any more, or less is left of it. Choose again.',
  },
  PURSE_STATE: { title: 'Its state has changed', detail: 'It was taken back or has expired; look at it as it is now.' },
  INSUFFICIENT_CREDIT: { title: 'The credit is short', detail: 'Repay something first, or pay otherwise.' },
  NO_CREDIT: { title: 'No credit', detail: 'You have no credit, or it was withdrawn. Pay otherwise.' },
  CREDIT_OVERDUE: { title: 'A statement is overdue', detail: 'Repay it before you pay on credit again.' },
  CREDIT_NOT_ALLOWED: {
    title: 'The seller takes no credit',
    detail: 'This product can not be paid with this credit. Pay otherwise.',
  },
  CREDIT_ENTERPRISE_ONLY: { title: 'For enterprises only', detail: 'Only enterprise users pay on credit.' },
  NOTHING_OWED: { title: 'Nothing is owed', detail: 'All of this month is repaid.' },
  INVALID_AMOUNT: {
    title: 'The amount does not fit',
    detail: 'Enter an amount above 0, within the limit, with two decimals at most.',
  },
  INVALID_VALIDITY: { title: 'The validity does not fit', detail: 'A coupon ends later than now; a card has no end.' },
  NO_GATEWAY: { title: 'No online payments', detail: 'This marketplace takes no online payments. Pay otherwise.' },
  NOTHING_TO_PAY: {
    title: 'Nothing is left to pay online',
    detail: 'The chosen coupons and cards pay all of it; pay directly.',
  },
  ORDER_STATE: {
    title: 'The order has moved on',
    detail: 'This is not possible in its present state. See the latest state.',
  },
  INVALID_PERIOD: { title: 'Duration not allowed', detail: 'Change the duration and try again.' },
  PARAMETER_MISSING: { title: 'The seller needs more', detail: 'Fill in the required fields and submit again.' },
  PARAMETER_UNKNOWN: {
    title: 'The product has changed',
    detail: 'The seller asks for other details now. Reload the page and fill them in.',
  },
  LEDGER_MONTH_NOT_OVER: { title: 'The month is not over', detail: 'It can be closed once its last day is over.' },
  LEDGER_OTHER_MONTH: { title: 'Another month is next', detail: 'Months are closed one after the other.' },
  LEDGER_EMPTY: { title: 'Nothing to close', detail: 'Nothing was ever posted.' },
  LEDGER_UNBALANCED: {
    title: 'The month does not add up',
    detail: 'Some of its entries are lopsided. Check the books; the check names them.',
  },
  TASK_STATE: { title: 'The task has moved on', detail: 'Only a task that waits or has stopped can be restarted.' },
  CALL_RUNNING: { title: 'Being called', detail: 'Wait for the outcome of this attempt.' },
  CALL_DONE: { title: 'The call succeeded', detail: 'There is nothing to restart.' },
  CALL_ONCE: { title: 'This call cannot be restarted', detail: 'It is made once, live, while viewing or ordering.' },
  CALL_STATE: {
    title: 'The call has moved on',
    detail: 'Only a message that waits for its next attempt can be stopped. See its latest state.',
  },
  CALL_CLOSED: { title: 'Closed by hand', detail: 'Nothing more to do or to restart.' },
  CALL_NEEDS_ANSWER: {
    title: 'Cannot be done by hand',
    detail: 'Only the seller’s answer to a creation tells the instance ID.',
  },
  NEWER_SUCCEEDED: {
    title: 'Cannot be restarted',
    detail: 'A newer call of the same instance and interface succeeded.',
  },
  ORDER_CLOSED: { title: 'Cannot be restarted', detail: 'The order is closed.' },
  RENEWAL_NOT_ALLOWED: {
    title: 'Cannot be renewed',
    detail:
      'The product is withdrawn, the service released or unsubscribed, not yearly/monthly, or an order about it is unpaid or in progress.',
  },
  CHANGE_NOT_ALLOWED: {
    title: 'Cannot be changed',
    detail:
      'Only to what is on sale in the same specification and not cheaper, while the service is not frozen and no order about it is in progress.',
  },
  TRIAL_USED: { title: 'Tried before', detail: 'One trial per account and specification. You can buy it.' },
  REFUND_NOT_ALLOWED: {
    title: 'No refund',
    detail:
      'More than 5 days ago, a trial, a renewal already in effect, a completed supervision, or a request is already open.',
  },
  QUOTA_USED: {
    title: 'Refund quota used up',
    detail: 'At most 10 five-day refunds a year; it starts anew on 1 January.',
  },
  INSTANCE_STATE: {
    title: 'The service has moved on',
    detail: 'This is not possible in its present state. See the latest state.',
  },
  openRefund: 'Refund request {{refundId}} about this service is open. Await its outcome or withdraw it.',
  openOrder: 'Order {{orderId}} about this service is unpaid or in progress. Finish or cancel it first.',
  MANDATORY_CLASS: {
    title: 'A mandatory class can not be switched off',
    detail: 'Messages about money, refunds, freeze and release always arrive.',
  },
  LAST_RECEIVER: {
    title: 'This is the last receiver of a mandatory class',
    detail: 'First add another receiver with a verified mailbox or phone who gets the mandatory classes.',
  },
  ADDRESS_TAKEN: { title: 'Mailbox or phone already used', detail: 'Another receiver has this mailbox or phone.' },
  TOO_MANY_RECEIVERS: { title: 'Too many receivers', detail: 'There can be 20; please remove one that is not needed.' },
  UNKNOWN_USER: { title: 'Unknown user', detail: 'The user is not of this account or is disabled.' },
  WRONG_CODE: {
    title: 'The code is not right',
    detail: 'It is wrong, too old or was tried too often. Please send a new one.',
  },
  CHANNEL_OFF: { title: 'Channel not available', detail: 'This server does not send by this channel.' },
  CODE_RELEASED: {
    title: 'The code was released',
    detail: 'The service has ended or was refunded; its code can no longer be used.',
  },
  CODE_STATE: {
    title: 'The code has another state now',
    detail: 'Pick the code up first; a released one is shown no more.',
  },
  QUOTA_USED_UP: {
    title: 'The quota is used up',
    detail: 'As many licences as were bought are granted or applied for.',
  },
  LICENCE_DATES: {
    title: 'The dates do not fit',
    detail: 'They must lie within the validity of the service, the end after the start.',
  },
  RESOURCE_STATE: {
    title: 'The service does not run',
    detail: 'Licences can be applied for once the service is open and accepted.',
  },
  AGREEMENT_OPEN: {
    title: 'The seller agreement was updated',
    detail: 'Bills are seen once the main account has accepted the new version (S2-2).',
  },
  AGREEMENT_CHANGED: { title: 'A newer version was published', detail: 'Reload, read it, and accept that one.' },
  AGREEMENT_TEXT: { title: 'Nothing new', detail: 'A new version has a text, and another than the one before.' },
  NOT_CERTIFIED: {
    title: 'Not certified yet',
    detail: 'Transaction details are seen once the business certification has passed (S5-2).',
  },
  MILESTONES_NOT_ALLOWED: {
    title: 'Not delivered in milestones',
    detail: 'Only services and SaaS are, and pay-per-use is not (S6-6).',
  },
  MILESTONE_PLAN: {
    title: 'The plan does not fit',
    detail: 'It takes 2 to 20 milestones with names of their own, shares of 100 % together, and days in their order.',
  },
  ACCEPTANCE_FACTS: {
    title: 'State what the acceptance file says',
    detail:
      'The platform reviews this order: order numbers, company name, products and specifications are needed (S6-8).',
  },
  ACCEPTANCE_FILE: { title: 'The acceptance file does not agree', detail: 'It must say what the orders say (S6-8).' },
  acceptance: {
    orderNumbers:
      'S6-8, order numbers: expected {{expected}}, the file says {{seen}}. They start with CS and are this buyer’s.',
    companyName: 'S6-8, company name: the order says {{expected}}, the file says {{seen}}.',
    items: 'S6-8, products and specifications: missing {{expected}}; not of the orders {{seen}}.',
    validityFileId: 'S6-8: attach a screenshot of the authorised validity and choose it.',
    kitFileId: 'S6-8: attach a screenshot of the kit’s opening or of the delivery and choose it.',
  },
  DELIVERY_FROZEN: { title: 'An appeal is open', detail: 'The flow is frozen until the operator has decided.' },
  APPEAL_NOT_ALLOWED: {
    title: 'No appeal is possible now',
    detail: 'You may appeal when the other side does nothing for more than 5 days, or after several rejections.',
  },
  REFUND_OPEN: {
    title: 'A refund application is open',
    detail: 'It can be accepted once the application is decided or withdrawn.',
  },
  DELIVERY_STATE: {
    title: 'The delivery has moved on',
    detail: 'This is not possible in its present state. See the latest state.',
  },
  DELIVERY_INCOMPLETE: {
    title: 'Something is missing',
    detail: 'Add what the product needs, and check the actual enabling time.',
  },
  DELIVERY_NOT_ALLOWED: {
    title: 'Not delivered in this way',
    detail: 'This product is delivered otherwise, or the step before is not done yet.',
  },
  REFUND_STATE: {
    title: 'The refund request has moved on',
    detail: 'It was decided or withdrawn meanwhile. See its latest state.',
  },
  NOT_TARGET_CUSTOMER: {
    title: 'Not for this account',
    detail: 'It is sold, or tried, by customers whom the seller has chosen. Ask the seller.',
  },
  MIXED_SITES: {
    title: 'Not in one order',
    detail: 'These services belong to different sites or currencies. Order them separately.',
  },
  ADDRESS_INVALID: {
    title: 'Not a production address',
    detail:
      'Write scheme and domain without a path, e.g. https://console.example.com; production needs HTTPS and a public domain name, no IP address.',
  },
  WEBHOOK_ADDRESS: {
    title: 'Not an address for webhooks',
    detail:
      'Write the whole address, e.g. https://example.com/webhooks; production needs HTTPS and a public domain name, no IP address.',
  },
  WEBHOOK_OFF: {
    title: 'The endpoint gets nothing',
    detail: 'It is paused or switched off: activate it, then send again.',
  },
  WEBHOOK_BUSY: { title: 'On its way just now', detail: 'Wait for the outcome of this attempt, then send again.' },
  WEBHOOK_CHANGED: {
    title: 'The address has changed',
    detail: 'Somebody changed this endpoint: reload and look again.',
  },
  ADDRESS_EXISTS: { title: 'The address is in the list already', detail: 'Find it in the list and check it there.' },
  ADDRESS_NOT_VERIFIED: {
    title: 'The address is not verified',
    detail: 'Prove that it is yours, then bind keys or debug.',
  },
  PATH_INVALID: { title: 'Not a path', detail: 'A path begins with / and has no blanks, e.g. /saasproduce.' },
  KEY_OF_OTHER_CLASS: {
    title: 'The key belongs to another class',
    detail: 'A key serves one interface class; create one for this class.',
  },
  KEY_IN_USE: {
    title: 'Live products use this key',
    detail: 'Once confirmed, their calls are signed with the new key.',
  },
  KEY_NOT_BOUND: { title: 'No key to sign with', detail: 'Bind a key of the base interfaces to this address first.' },
  NO_CASES: { title: 'No cases to replay', detail: 'Debug the interfaces and save cases first.' },
  PRODUCT_STATE: {
    title: 'The product has moved on',
    detail: 'This is not possible in its present state. See the latest state.',
  },
  DRAFT_CHANGED: { title: 'Somebody else changed the draft', detail: 'Reload it and try again.' },
  DRAFT_FAULTY: {
    title: 'The content breaks rules',
    detail: '"Check and submit" lists them; a reviewer may reject it for them.',
  },
  APPLICATION_OPEN: {
    title: 'An application is in review',
    detail: 'A product has one application at a time: wait for its end or withdraw it.',
  },
  APPLICATION_STATE: {
    title: 'The application has ended',
    detail: 'It was decided or withdrawn meanwhile: reload the page.',
  },
  OWN_APPLICATION: {
    title: 'Your own application',
    detail: 'Who submitted it can not decide it: another reviewer has to.',
  },
  PART_STATE: { title: 'Already stopped', detail: 'What was chosen is not on sale any more: reload and choose again.' },
  PRESET_NAME: { title: 'A preset name', detail: 'appName, version, os and mode are preset names: choose another.' },
  ATTRIBUTE_EXISTS: { title: 'The code is taken', detail: 'Choose the defined attribute, or another code.' },
  TOO_LONG_FOR_CELL: { title: 'Too long for a spreadsheet', detail: 'Export it as YAML.' },
  TOO_MANY: { title: 'The limit is reached', detail: 'Delete what is no longer needed first.' },
  OUT_OF_STOCK: { title: 'Out of stock', detail: 'Reduce the quantity or try later.' },
  NOT_IN_REGION: {
    title: 'Not sold in your country',
    detail: 'This product is not sold in the country of your account.',
  },
  REAL_NAME_REQUIRED: {
    title: 'Real-name authentication needed',
    detail: 'Let the main account complete a higher level of it, then order again.',
  },
  PURCHASE_LIMIT: {
    title: 'Purchase limit reached',
    detail: 'The seller limits what each customer may buy. Ask the seller.',
  },
  INVALID_FLAVOUR: { title: 'Server size not allowed', detail: 'Choose 1 to 1024 vCPUs.' },
  OFFER_NOT_USABLE: {
    title: 'Private offer not usable',
    detail: 'It has expired, was withdrawn, or is not for this account and choice.',
  },
  START_PAST: { title: 'Begins in the past', detail: 'An offer has to begin later than now. Change it and try again.' },
  UNKNOWN_BUYER: {
    title: 'No such customer',
    detail: 'Check account name and account ID: both have to be right and belong together.',
  },
  VOUCHER_NOT_USABLE: {
    title: 'Voucher not usable',
    detail: 'It is not for this order, its minimum is not reached, or it has expired.',
  },
  VOUCHER_USED: { title: 'Voucher already used', detail: 'Another order uses this voucher.' },
  VOUCHER_VOID: { title: 'Voucher void', detail: 'The seller no longer gives this voucher out.' },
  VOUCHER_GONE: { title: 'All claimed', detail: 'All of these vouchers are given out.' },
  STOCK_TOO_LOW: { title: 'Total too low', detail: 'The total cannot be below what is sold and reserved.' },
  DISTRIBUTOR_UNKNOWN: {
    title: 'No such channel partner',
    detail: 'Check the account ID of the distributor, service provider or reseller, or leave it empty.',
  },
  VALID_FROM_PAST: {
    title: 'This day is over',
    detail: 'Terms hold from now on or from a day after today: orders that are paid stay as they are.',
  },
  UNKNOWN_PARTY: { title: 'Not found', detail: 'Check the account ID or the name.' },
  YEAR_PASSED: { title: 'This year is over', detail: 'Its days were counted and cannot change.' },
  CALENDAR_GAP: {
    title: 'Holidays missing',
    detail:
      'The holidays of the year of the billing day are not entered, and nothing is guessed. Enter them under Working calendar, then run it.',
  },
  TARGET_NOT_ALLOWED: {
    title: 'Sale object not possible',
    detail: 'A specification can only narrow its product; where the product names its customers, it follows.',
  },
  REGION_MISSING: { title: 'Choose a region', detail: 'An image needs the region where it is to run.' },
  RECEIVER_MISSING: {
    title: 'Say where to send it',
    detail: 'Hardware needs name, phone and address of the receiver.',
  },
  RELATED_UNKNOWN: {
    title: 'Related products do not fit',
    detail: 'A product names other products of its seller, a specification other specifications of its product.',
  },
  LIMIT_NOT_ALLOWED: {
    title: 'Limit not possible',
    detail: 'Pay-per-use has no limit; a limit by quantity needs a quantity attribute.',
  },
  REGION_UNKNOWN: { title: 'Region does not fit', detail: 'Choose among the countries and regions of this site.' },
  NOT_COUNTED: { title: 'Stock is not counted', detail: 'Only hardware has stock.' },
  REASON_MISSING: { title: 'Say why', detail: 'An operator who changes sales settings for a seller gives a reason.' },
  OFFER_STATE: {
    title: 'The offer has changed',
    detail: 'This is not possible in its present state. See the latest state.',
  },
  DEMAND_STATE: { title: 'The demand has changed', detail: 'It was decided before, or 5 days are over.' },
  VOUCHER_STATE: {
    title: 'The voucher has changed',
    detail: 'This is not possible in its present state. See the latest state.',
  },
  NOT_FOUND: { title: 'Not found', detail: 'It does not exist or does not belong to this account.' },
  FORBIDDEN: { title: 'Not allowed', detail: 'This account lacks the right. Ask your administrator.' },
  UNAUTHENTICATED: { title: 'Signed out', detail: 'Sign in again.' },
  INVALID_CREDENTIALS: { title: 'Wrong login name or password', detail: 'Check both and try again.' },
  NO_SUCH_MEMBER: { title: 'No such person', detail: 'There is no such person in your account.' },
  OWN_ACCOUNT: { title: 'Not possible here', detail: 'Your own account and the main account are not changed here.' },
  ROLE_NOT_GIVEN: { title: 'Role not possible', detail: 'The main account does not give this role.' },
  LOGIN_NAME_TAKEN: { title: 'Login name taken', detail: 'Choose another one.' },
  TENANT_NAME_TAKEN: { title: 'Name taken', detail: 'There is an account of this name already.' },
  WRONG_PASSWORD: {
    title: 'Password wrong',
    detail: 'The present password is wrong. Five wrong ones lock the account for 15 minutes.',
  },
  PASSWORD_WEAK: { title: 'Choose another password', detail: 'It may be neither the present one nor the login name.' },
  PASSWORD_CHANGE: { title: 'Change your password first', detail: 'Your password was made by somebody else.' },
  ACCOUNT_LOCKED: { title: 'Account locked', detail: 'Too many failed sign-ins. Try again later.' },
  ACCOUNT_DISABLED: { title: 'Account disabled', detail: 'Ask your administrator.' },
  CSRF: { title: 'The session was renewed', detail: 'You may have signed in in another window. Try again.' },
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
  UNAVAILABLE: { title: 'Not available just now', detail: 'Try again later.' },
  NETWORK: {
    title: 'No connection to the server',
    detail: 'Check your network and try again. Nothing is ordered or paid twice.',
  },
  TIMEOUT: { title: 'The server did not answer in time', detail: 'Try again. Nothing is ordered or paid twice.' },
  PACKAGE_ALARM: {
    title: 'This alarm can not be set',
    detail: 'A package that resets within a week has none; a quantity may not be above the quota.',
  },
  USAGE_PRICED: {
    title: 'The service has a price',
    detail: 'It is charged by the price that was bought, which does not change.',
  },
  PRICE_UNKNOWN: {
    title: 'There is no such price',
    detail: 'The prices of the product may have changed: reload and choose again.',
  },
  NO_PRICE: {
    title: 'The service has no price for usage yet',
    detail: 'Choose one under “Usage of all sellers” first.',
  },
  RERATING_CHANGED: {
    title: 'The difference has changed',
    detail: 'Something was charged or changed since the preview: look again.',
  },
  NOTHING_DIFFERS: {
    title: 'Nothing differs',
    detail: 'Computed anew, the charges are the same: there is nothing to do.',
  },
  TOO_MUCH: {
    title: 'Too long ago',
    detail:
      'At most 2,000 charges are computed anew at once, and their records must still be kept: choose a later time.',
  },
  CHARGE_INVOICED: {
    title: 'The usage is invoiced',
    detail: 'It is invoiced to its buyer. The invoice is returned first, then the charge can be reversed.',
  },
  CHARGE_STATE: { title: 'The charge is reversed already', detail: 'Reload the page to see it.' },
  CLIENT: { title: 'This page broke', detail: 'Try again or reload the page.' },
};
