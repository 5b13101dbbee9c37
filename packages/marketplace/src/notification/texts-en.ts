/** What the notices say, in English; the same keys and facts as in `texts-zh.ts`. */
import type { FRAME_ZH, TEXTS_ZH } from './texts-zh.ts';

export const TEXTS_EN: typeof TEXTS_ZH = {
  'N-10.approved': {
    title: 'You are a seller now: {name}',
    text: '“{name}” was let in as a seller. The main account is {login}; the operator hands you its first password. Next comes the business certification: enter your bank account, nothing is paid out before it is verified.',
  },
  'N-11.account-approved': {
    title: 'Your bank account was verified',
    text: 'From now on you are paid to the account ending in {tail}. If you did not enter it, tell the operator at once.',
  },
  'N-11.account-rejected': {
    title: 'Your bank account was not accepted',
    text: 'The account ending in {tail} was not accepted. Reason: {reason}. Correct it and enter it again; until then nothing changes.',
  },
  'N-11.account-asked': {
    title: 'A bank account to verify',
    text: 'A seller has entered another account, ending in {tail}. Please verify it with a small transfer, then approve or reject it.',
  },
  'N-11.leaving-asked': {
    title: 'A seller wants to leave: {name}',
    text: '“{name}” has applied to leave the marketplace. Please approve or reject it; products, orders, settlement and invoices are checked again when you approve.',
  },
  'N-11.leaving-approved': {
    title: 'You have left the marketplace',
    text: '“{name}” has left the marketplace and cannot join again. You can still sign in to read past orders, bills and invoices, and to answer refunds and returned invoices of customers.',
  },
  'N-11.leaving-rejected': {
    title: 'Your application to leave was rejected',
    text: 'The application of “{name}” to leave was rejected. Reason: {reason}',
  },
  'N-13.approved': {
    title: 'On sale: {product}',
    text: 'The product “{product}” was approved and is on sale; buyers can order it now. Check on its page how it is shown, to whom it is sold and its stock.',
  },
  'N-13.change-approved': {
    title: 'Your change is in effect: {product}',
    text: 'The change of “{product}” was approved: version {version} is on sale. Earlier orders keep the version that they bought.',
  },
  'N-13.removal-approved': {
    title: 'Sale stopped: {product}',
    text: 'Your application to stop the sale of “{product}” was approved. What is stopped can not be sold again; instances that run go on until they expire.',
  },
  'N-13.rejected': {
    title: 'Not approved: {product}',
    text: 'The {kind} of “{product}” was not approved. Reason: {reason}. Correct it and submit it again.',
  },
  'N-13.submitted': {
    title: 'To be reviewed: {product}',
    text: 'A seller has submitted the {kind} of “{product}”. Please decide by {dueAt}.',
  },
  'N-72.withdrawn': {
    title: 'Withdrawn: {product}',
    text: 'The platform has withdrawn “{product}”: it is no longer sold or renewed; instances that run go on until they expire. Reason: {reason}.',
  },
  'N-14.probe-failed': {
    title: 'Probe failed (day {day} of 5): {product}',
    text: 'The probe of interface {interface} of “{product}” failed: {error}. This is day {day} in a row; after 5 days trading is frozen. Please repair the interface and run its cases again on the debugging page.',
  },
  'N-14.trading-frozen': {
    title: 'Trading frozen: {product}',
    text: 'The probes of “{product}” failed on 5 days in a row, so it is no longer sold. Please repair the interface, pass all cases on the debugging page, then ask the operations manager to restore trading.',
  },
  'N-14.frozen-by-operator': {
    title: 'Trading frozen: {product}',
    text: 'The operator froze the trading of “{product}”; it is no longer sold. Reason: {reason}. Please put it right, then ask the operations manager to restore trading.',
  },
  'N-14.flagged': {
    title: 'Too many failed orders: {product}',
    text: 'In {month} the interface of “{product}” failed {orders} orders, more than the 5 a month that are allowed; the operator is told. Please repair it by the diagnosis in the interface messages, then run its cases again on the debugging page.',
  },
  'N-14.flagged-to-operators': {
    title: 'Too many failed orders: {product}',
    text: 'In {month} the interface of “{product}” failed {orders} orders, more than the 5 a month that are allowed. Please ask the seller, and freeze its trading if need be.',
  },
  'N-16.will-repeat': {
    title: 'Interface call failed: {product}',
    text: 'Order {order}: call {attempt} of interface {interface} failed: {error}. It is repeated at {nextAt}. The interface message shows the diagnosis.',
  },
  'N-16.stopped': {
    title: 'Interface call failed and is not repeated: {product}',
    text: 'Order {order}: call {attempt} of interface {interface} failed: {error}. It is not repeated automatically. Please follow the diagnosis in the interface message, then restart the call.',
  },
  'N-16.many': {
    title: '{count}',
    text: 'From {from} to {to}, {count}. {told} Please look at the interface messages:',
  },
  'N-17.to-seller': {
    title: 'Delivery failed, order refunded: {product}',
    text: '“{product}” of order {order} was not completed in time. The customer was refunded in full: {amount}.',
  },
  'N-17.to-buyer': {
    title: 'Order not completed, refunded: {product}',
    text: 'We are sorry: “{product}” of order {order} could not be completed. {amount} went back to your balance at {at}.',
  },
  'N-20.paid': {
    title: 'Order {order} is paid',
    text: 'You paid {amount} for {product}. We are working on it and tell you when it is done; the order page shows the progress.',
  },
  'N-21.to-deliver': {
    title: 'To be delivered: {product}',
    text: 'Order {order} is paid: {product}. Please deliver it under Deliveries; the order is completed when the customer accepts.',
  },
  'N-22.ready': {
    title: '“{product}” is ready',
    text: '“{product}” can be used now. Open it under purchased services to see its address and account; passwords are never sent in messages.',
  },
  'N-23.renewed': {
    title: 'Renewed by a customer: {product}',
    text: 'A customer renewed instance {instance} of “{product}”. It now ends at {expireAt}.',
  },
  'N-24.trial-ends': {
    title: 'Trial ends in {days}: {product}',
    text: 'The trial of “{product}” ends at {expireAt}; it can not be used after that. To keep data and settings, convert it to formal use before then.',
  },
  'N-25.ends': {
    title: '“{product}” ends in {days}',
    text: '“{product}” ends at {expireAt}. Without renewal it is then frozen: it can not be used, its data are kept for a while and deleted afterwards. Please renew in time.',
  },
  'N-25.ended': {
    title: '“{product}” has ended, please renew',
    text: '“{product}” has ended and can be used until {until}. After that it is frozen and can not be used. Please renew in time.',
  },
  'N-26.done': {
    title: 'Renewed automatically: {product}',
    text: '“{product}” was renewed automatically for {amount}. It now ends at {expireAt}.',
  },
  'N-26.failed': {
    title: 'Automatic renewal failed: {product}',
    text: 'The balance is too low to renew “{product}”: {missing} is missing. The next try is at {nextAt}; please top up before then, or renew by hand.',
  },
  'N-26.refused': {
    title: 'Automatic renewal failed: {product}',
    text: '“{product}” was not renewed: {reason}. The next try: {nextAt}. After its expiry the service is frozen and released; please look at it before then, and save your data or choose another product.',
  },
  'N-27.frozen-expired': {
    title: '“{product}” is frozen',
    text: '“{product}” ended without renewal and is frozen. It can not be used now; its data are kept for a while. Renewal brings it back.',
  },
  'N-27.frozen-violation': {
    title: '“{product}” is frozen for a violation',
    text: '“{product}” broke the rules of use and is frozen. It can not be used now. Please ask the operations manager for the reason and put it right; then it can be brought back.',
  },
  'N-28.low': {
    title: 'Package runs low: {product}',
    text: '{rest} of the package of “{product}” ({quota} in all) is left, which is at or below your alarm of {threshold}. Once it is used up, usage is charged as pay-per-use; a package that stops when it is used up ends the service.',
  },
  'N-28.used-up': {
    title: 'Package used up: {product}',
    text: 'The package of “{product}” ({quota}) is used up. Usage from now on is charged as pay-per-use; a package that stops when it is used up ends the service. You can buy another package.',
  },
  'N-28.ending': {
    title: 'Package ends in {days}: {product}',
    text: 'The package of “{product}” ({quota} in all) ends at {expireAt}, with {rest} left. What is not used by then lapses and is not refunded.',
  },
  'N-76.balance-low': {
    title: 'Your balance is low: {balance}',
    text: 'The balance of the account is {balance}, below the {below} that you set. Please top up, so that pay-per-use services do not fall into arrears.',
  },
  'N-78.granted': {
    title: 'You have a {kind} of {amount}',
    text: 'You were given a {kind} of {amount}, valid from {from}; it ends: {until}. Choose it when you pay; automatic renewals use it by themselves.',
  },
  'N-78.ending': {
    title: 'Your {kind} ends soon: {amount} left',
    text: 'Your {kind} ends at {until}, with {amount} left. What is not used by then is lost.',
  },
  'N-78.withdrawn': {
    title: 'A {kind} was taken back',
    text: 'The operator took back your {kind}, with {amount} left. Please ask the operator if you did not expect this.',
  },
  'N-79.issued': {
    title: 'Credit statement of {month}: {amount}',
    text: 'What you bought on credit in {month} comes to {amount}. Please repay it by {until}.',
  },
  'N-79.due': {
    title: 'Credit statement of {month} is due in 3 days',
    text: '{amount} of the credit statement of {month} is not repaid yet. It is due by {until}; once it is overdue nothing more can be bought on credit.',
  },
  'N-79.overdue': {
    title: 'Credit statement of {month} is overdue',
    text: 'The credit statement of {month}, {amount}, was due by {until}. Nothing more can be bought on credit until it is repaid.',
  },
  'N-79.overdue-to-operators': {
    title: 'A credit statement of {month} is overdue',
    text: 'A buyer owes {amount} of the credit statement of {month}, due by {until}.',
  },
  'N-29.owed': {
    title: 'In arrears: {product}',
    text: 'The usage of “{product}” could not be paid: {owed} is owed. Please top up before {freezeAt}, and it is paid by itself; if it is still owed then, the service is frozen.',
  },
  'N-27.frozen-arrears': {
    title: '“{product}” is frozen for arrears',
    text: '“{product}” is frozen because the account is in arrears. It can not be used now; its data are kept for a while. Paying the debt brings it back.',
  },
  'N-27.release-near': {
    title: '“{product}” is released soon, its data will be deleted',
    text: '“{product}” is released at {releaseAt}. Its data are deleted then and can not be recovered. To keep them, renew before that.',
  },
  'N-27.released': {
    title: '“{product}” is released',
    text: '“{product}” is released and its data are deleted. To use it again, please buy it again.',
  },
  'N-31.failed': {
    title: 'Binding an enterprise failed: {product}',
    text: 'While a customer bound “{product}” (order {order}) to the enterprise “{enterprise}”, {interface} failed at {at}: {error}. Please check the interface; if a repeated order returned a new instanceId, return the first one instead. The customer may retry or stop.',
  },
  'N-32.decide': {
    title: 'Binding failed, retry or stop? {product}',
    text: 'Binding “{product}” (order {order}) to the enterprise “{enterprise}” failed: {error}. The seller was told. Please choose: retry or stop.',
  },
  'N-33.failed': {
    title: 'Synchronising people failed: {product}',
    text: 'While the enterprise “{enterprise}” was synchronised to “{product}” (order {order}), {interface} failed at {at}: {error}.{affected} Please check the interface; the enterprise administrator may continue or stop.',
  },
  'N-34.decide': {
    title: 'Synchronisation failed, continue or stop? {product}',
    text: 'Synchronising the enterprise “{enterprise}” to “{product}” failed: {error}.{affected} The seller was told. Continuing repeats the failed batch and goes on; stopping keeps what succeeded.',
  },
  'N-36.invited': {
    title: 'You are invited to administer {enterprise}',
    text: 'You are invited to administer the enterprise “{enterprise}”. Please sign in and accept the invitation.',
  },
  'N-36.removed': {
    title: 'You no longer administer {enterprise}',
    text: 'You were removed from the administrators of the enterprise “{enterprise}” and can no longer manage it.',
  },
  'N-40.submitted': {
    title: 'Requirement submitted: {product}',
    text: 'The customer said what is needed of {product} in order {order}. Please read it and deliver accordingly.',
  },
  'N-42.delivered': {
    title: 'Please accept: {product}',
    text: '{product} of order {order} was delivered. Check it, then accept: you confirm what was delivered, the order is completed, and a refund can no longer be negotiated.',
  },
  'N-43.accepted': {
    title: 'Accepted: {product}',
    text: 'The customer accepted {product} of order {order}. The delivery is complete.',
  },
  'N-41.confirmed': {
    title: 'Requirement confirmed: {product}',
    text: 'The seller confirmed what you need of {product} in order {order} and delivers accordingly.',
  },
  'N-41.rejected': {
    title: 'Requirement sent back: {product}',
    text: 'The seller sent back what you need of {product} in order {order}. Reason: {reason}. Please change it and submit it again.',
  },
  'N-42.to-review': {
    title: 'Please review the delivery: {product}',
    text: '{product} of order {order} was delivered. Its acceptance documents are reviewed by the platform before the customer accepts.',
  },
  'N-43.rejected': {
    title: 'Delivery rejected: {product}',
    text: 'The delivery of {product} in order {order} was rejected ({times}). Reason: {reason}. Please mend it and deliver again.',
  },
  'N-44.to-buyer': {
    title: 'Waiting for you: {product}',
    text: '{product} of order {order} has been waiting for you since {since}. Please take the next step.',
  },
  'N-44.to-seller': {
    title: 'Waiting for you: {product}',
    text: '{product} of order {order} has been waiting for you since {since}. Please take the next step.',
  },
  'N-45.overdue': {
    title: 'Not accepted for 180 days: {product}',
    text: '{product} of order {order} was ordered 180 days ago and is still not accepted. It is not settled before that.',
  },
  'N-45.overdue-to-operators': {
    title: 'Not accepted for 180 days: {product}',
    text: '{product} of order {order} was ordered 180 days ago and is still not accepted. Please look into it.',
  },
  'N-46.opened-to-buyer': {
    title: 'Appeal opened: {product}',
    text: 'An appeal about {product} of order {order} was opened by {by}. Reason: {reason}. The flow is frozen; the operator decides until {until}. You may add statements and files.',
  },
  'N-46.opened-to-seller': {
    title: 'Appeal opened: {product}',
    text: 'An appeal about {product} of order {order} was opened by {by}. Reason: {reason}. The flow is frozen; the operator decides until {until}. You may add statements and files.',
  },
  'N-46.opened-to-operators': {
    title: 'Please decide an appeal: {product}',
    text: 'An appeal about {product} of order {order} was opened by {by}. Reason: {reason}. Please decide until {until}.',
  },
  'N-46.stated-to-buyer': {
    title: 'New statement in an appeal: {product}',
    text: 'On the appeal about {product} of order {order}, {by} states: {reason}',
  },
  'N-46.stated-to-seller': {
    title: 'New statement in an appeal: {product}',
    text: 'On the appeal about {product} of order {order}, {by} states: {reason}',
  },
  'N-46.decided-to-buyer': {
    title: 'Appeal decided: {product}',
    text: 'The appeal about {product} of order {order} was decided: {outcome}. Reason: {reason}',
  },
  'N-46.decided-to-seller': {
    title: 'Appeal decided: {product}',
    text: 'The appeal about {product} of order {order} was decided: {outcome}. Reason: {reason}',
  },
  'N-48.signed': {
    title: 'Parcel signed for: {product}',
    text: '{product} of order {order} was signed for. Check it, then accept; reject it if it did not arrive or something is wrong. The system accepts it at {until}.',
  },
  'N-48.accepted': {
    title: 'Accepted by the system: {product}',
    text: '{product} of order {order} was signed for 10 days ago. The system accepted it; the order is completed.',
  },
  'N-48.unmatched': {
    title: 'Please ask the customer to accept: {product}',
    text: 'The phone number of the parcel of {product}, order {order}, is not the one of the order, so the system does not accept it by itself. Please ask the customer to accept.',
  },
  'N-52.send-back': {
    title: 'Please send it back: {product}',
    text: 'The refund of “{product}” was agreed to. Send it back and enter the tracking number until {until}; otherwise the application counts as withdrawn.',
  },
  'N-52.inspect': {
    title: 'Please inspect the return: {product}',
    text: 'The customer has sent “{product}” back. Inspect it and answer until {until}; otherwise it is refunded.',
  },
  'N-48.shipped': {
    title: 'Sent: {product}',
    text: '{product} of order {order} is on its way with {carrier}, number {trackingNo}. Please accept it when it has arrived and you have checked it.',
  },
  'N-50.decide': {
    title: 'Refund requested: {product}',
    text: 'A customer asks for a refund of {amount} for “{product}”. Reason: {reason}. Please agree or reject.',
  },
  'N-50.unsubscribed': {
    title: 'Unsubscribed: {product}',
    text: 'A customer unsubscribed from “{product}”; the refund is {amount}. Reason: {reason}. You need not decide anything.',
  },
  'N-51.agreed': {
    title: 'Refund agreed: {product}',
    text: 'The refund for “{product}” is agreed; {amount} goes back to your balance. {comment}',
  },
  'N-51.rejected': {
    title: 'Refund rejected: {product}',
    text: 'The refund for “{product}” ({amount}) is rejected. {comment} If you have questions, please contact the seller or the operations manager.',
  },
  'N-51.paid': {
    title: 'Refund paid: {product}',
    text: 'The refund of {amount} for “{product}” went back to your balance.',
  },
  'N-70.question': {
    title: 'A question about “{product}”',
    text: 'Somebody who looks at “{product}” asks: “{text}”. Once you have answered, everybody reads both on the page of the product.',
  },
  'N-73.partner-demand': {
    title: 'A service provider asks for an offer: {product}',
    text: '“{partner}” asks for a private offer for “{product}” to its customer “{customer}”. Please accept or refuse by {until}; after that it counts as refused.',
  },
  'N-73.accepted': {
    title: 'The seller accepted your demand: {product}',
    text: 'Your demand for “{product}” for “{customer}” was accepted. You are told when the offer is valid.',
  },
  'N-73.refused': {
    title: 'Your demand was refused: {product}',
    text: 'Your demand for “{product}” for “{customer}” was refused. Reason: {reason}',
  },
  'N-73.offered': {
    title: 'The offer is valid: {name}',
    text: 'The private offer “{name}” for your customer is valid. Hand its link or QR code on, for the customer to order by.',
  },
  'N-73.demand': {
    title: 'A customer asks for an offer: {product}',
    text: 'A customer asks for a private offer for “{product}”. Please accept or refuse by {until}; after that it counts as refused.',
  },
  'N-62.sent': {
    title: 'Bill of {period} sent',
    text: 'Your bill of {period} was reviewed and sent. Settlement amount: {amount}.',
  },
  'N-63.invoice': {
    title: 'Please invoice the bill of {period}',
    text: 'The bill of {period} waits for your invoice. Issue it within one month as the invoice list says: {amount}.',
  },
  'N-60.requested': {
    title: 'Invoice requested: {title}',
    text: 'A customer asks for an invoice made out to “{title}”, {amount}. Issue it by {until}, or refuse it with a reason before.',
  },
  'N-60.due': {
    title: 'Invoice due soon: {title}',
    text: 'The invoice to “{title}”, {amount}, is not issued yet. It is due by {until}.',
  },
  'N-60.overdue': {
    title: 'Invoice overdue: {title}',
    text: 'The invoice to “{title}”, {amount}, was due by {until}. Please see to it.',
  },
  'N-60.cancel-asked': {
    title: 'Cancellation asked for: {title}',
    text: 'The customer would like the paper invoice to “{title}”, {amount}, not to be issued. Please answer.',
  },
  'N-60.return-asked': {
    title: 'Return of an invoice: {title}',
    text: 'The customer returns invoice {number} to “{title}”, {amount}. Check it, then agree or refuse.',
  },
  'N-60.to-operators': {
    title: 'Customer invoice to deal with: {title}',
    text: 'The marketplace issues the invoice to “{title}”, {amount}; it waits for you.',
  },
  'N-61.issued': {
    title: 'Invoice issued: {title}',
    text: 'The invoice to “{title}” was issued: number {number}, {amount}.',
  },
  'N-61.refused': {
    title: 'Invoice refused: {title}',
    text: 'Your request for an invoice to “{title}”, {amount}, was refused. Reason: {reason}. You can ask again.',
  },
  'N-61.cancel-answered': {
    title: 'Cancellation answered: {title}',
    text: 'Your cancellation of the invoice to “{title}”, {amount}, was answered.',
  },
  'N-61.returned': {
    title: 'Invoice returned: {title}',
    text: 'Invoice {number} to “{title}” was taken back. {amount} can be invoiced again.',
  },
  'N-61.return-refused': {
    title: 'Return refused: {title}',
    text: 'The return of invoice {number} to “{title}” was refused. Reason: {reason}.',
  },
  'N-63.due': {
    title: 'Invoice due: requisition {requisition}',
    text: 'The invoices for requisition {requisition}, {amount}, are due by {day}: {left} left.',
  },
  'N-63.overdue': {
    title: 'Invoice overdue: requisition {requisition}',
    text: 'The invoices for requisition {requisition}, {amount}, were due by {day}. Payment waits for them.',
  },
  'N-63.overdue-to-operators': {
    title: 'Seller invoice overdue: requisition {requisition}',
    text: 'The invoices of the seller for requisition {requisition}, {amount}, were due by {day} and did not come.',
  },
  'N-63.rejected': {
    title: 'Invoices rejected: requisition {requisition}',
    text: 'The invoices for requisition {requisition} were rejected. Reason: {reason}. Issue them again by {day}: {amount}.',
  },
  'N-63.verified': {
    title: 'Invoices verified: requisition {requisition}',
    text: 'The invoices for requisition {requisition}, {amount}, were verified; the bill goes on to review by finance.',
  },
  'N-63.submitted': {
    title: 'Seller invoices to verify: requisition {requisition}',
    text: 'A seller sent the invoices for requisition {requisition}, {amount}. Please verify them.',
  },
  'N-64.requested': {
    title: 'Platform-fee invoice requested',
    text: 'A seller asks for the invoice of its platform fee, {amount}.',
  },
  'N-64.issued': {
    title: 'Platform-fee invoice issued',
    text: 'The invoice of your platform fee was issued: number {number}, {amount}. You can download it.',
  },
  'N-64.refused': {
    title: 'Platform-fee invoice refused',
    text: 'Your request for the invoice of the platform fee, {amount}, was refused. Reason: {reason}.',
  },
  'N-75.run-refused': {
    title: 'Bills of {period} were not made',
    text: 'The bill run of {period} was refused: {reason}. Run it by hand under account periods once that is settled.',
  },
  'N-80.to-confirm': {
    title: 'Please confirm the commission bill of {period}',
    text: 'Your commission bill of {period} was reviewed and sent; with all that is paid together with it: {amount}. Confirm it, or reject it and say what is wrong.',
  },
  'N-80.invoice': {
    title: 'Please invoice the commission of {period}',
    text: 'The commission bill of {period} waits for your invoice. Issue it as the invoice list says and mail it within one month: {amount}.',
  },
  'N-80.paid': {
    title: 'Commission of {period} paid',
    text: 'Your commission of {period} was paid: {amount}.',
  },
  'N-80.rejected-to-operators': {
    title: '{partner} rejects its commission bill of {period}',
    text: 'Channel partner {partner} rejected its commission bill of {period}, with all that is paid together with it {amount}. Reason: {reason}. The bill is under review again.',
  },
  'N-81.planned': {
    title: 'Delivered in milestones: {product}',
    text: 'The seller delivers {product} of order {order} in milestones. You accept each by itself; the plan stands on the page of the delivery.',
  },
  'N-81.accepted': {
    title: 'Milestone accepted: {milestone}',
    text: 'The milestone “{milestone}” of {product}, order {order}, was accepted. The next one is “{next}”.',
  },
  'N-77.webhook-off': {
    title: 'Webhook endpoint switched off',
    text: 'The endpoint {url} was switched off: {reason}. Events are no longer sent to it. Once it answers again, activate it under “Webhooks” and resend what was missed.',
  },
  'N-74.sold-out': {
    title: 'Sold out: {product}',
    text: 'A specification of “{product}” is sold out; customers can not buy it. Sales go on as soon as you add stock.',
  },
};

export const FRAME_EN: typeof FRAME_ZH = {
  sms: '[Jishi] {title}. {text} {link}',
  details: 'Details: {link}',
  footer:
    'This mail was sent by Jishi, please do not answer it. Receivers and message classes can be set at {receivers}.',
  confirmationTitle: 'Jishi: confirm the unsubscription',
  confirmation:
    'Your verification code is {code}, valid for 15 minutes. It confirms that a service is unsubscribed and its data deleted; never pass it on. If you did not ask for it, change your password.',
  verificationTitle: 'Jishi: verification code',
  verification:
    'Your verification code is {code}, valid for {minutes} minutes. It confirms a step in the administration of your enterprise; never pass it on. If you did not ask for it, change your password.',
  memberPasswordTitle: 'Jishi: your account',
  memberPassword:
    '[Jishi] {enterprise} has opened an account for you: {account}. Initial password: {password}. Sign in at {link} and choose your own password; never pass this one on.',
  codeTitle: 'Jishi: verification code',
  code: 'Your verification code is {code}, valid for 15 minutes. It confirms that this address may receive messages of Jishi; if you did not ask for it, ignore it.',
};
