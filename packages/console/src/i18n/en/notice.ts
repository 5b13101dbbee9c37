/** Order notification of sellers. */
export const notice = {
  title: 'Order notification',
  about:
    'Your server is told the number of each order once: new, renewal, change and refund. It then asks the Open API for the order. What overlaps is told once, to the address of the product.',
  none: 'No order is told yet. Choose below what is told, and where.',
  what: 'Orders of',
  address: 'Address',
  path: 'Path',
  pathHelp: 'Begins with /, for example /orders',
  allSaas: 'All SaaS products',
  add: 'Tell these orders',
  added: 'From now on these orders are told.',
  remove: 'Tell no more',
  removeAsk: 'Tell these orders no more? Notices that are still being repeated end.',
  noAddress: 'You need a proven production address with a key of the class "General".',
  toAddresses: 'Go to production addresses',
};
