/** States as words, each explained: what it means, what comes next, who must act (consoles-and-processes.md 7, 11). */
export const state = {
  order: {
    PENDING_APPROVAL: {
      word: 'Pending approval',
      help: 'The order needs internal approval. It can be paid once approved, and is cancelled if refused.',
    },
    PENDING_PAYMENT: { word: 'Pending payment', help: 'The buyer has to pay. Unpaid, the system cancels it in time.' },
    PROCESSING: {
      word: 'Processing',
      help: 'Paid; the seller is provisioning or delivering. Completed when done, refunded in full after about 3 hours if it fails.',
    },
    REFUNDING: { word: 'Refunding', help: 'The money is on its way back to the buyer’s balance. Nobody need act.' },
    REFUNDED: { word: 'Refunded', help: 'The money is back on the buyer’s balance.' },
    COMPLETED: { word: 'Completed', help: 'Everything is provisioned or delivered.' },
    CANCELLED: { word: 'Cancelled', help: 'Cancelled before payment. Nothing was charged.' },
  },
  line: {
    WAITING: { word: 'Waiting for payment', help: 'Provisioning starts after payment.' },
    CALLING: { word: 'Asking the seller', help: 'The system calls the seller’s interface and repeats it on failure.' },
    QUERYING: { word: 'Seller provisioning', help: 'The seller has accepted; the system asks for the outcome.' },
    SUPERVISING: { word: 'Under supervision', help: 'The seller delivers, the buyer accepts; that completes it.' },
    FULFILLED: { word: 'Provisioned', help: 'Delivered and ready to use.' },
    FAILED: {
      word: 'Provisioning failed',
      help: 'The seller did not provision in time; refunded in full automatically.',
    },
    REFUNDED: { word: 'Refunded', help: 'The money of this line is back on the buyer’s balance.' },
    CLOSED: { word: 'Closed', help: 'The order was cancelled; nothing more happens to this line.' },
  },
  instance: {
    PROVISIONING: {
      word: 'Provisioning',
      help: 'The seller is provisioning. The access data appears here when it is done.',
    },
    TRIAL: { word: 'Trial', help: 'Ready to use; frozen when the trial ends.' },
    ACTIVE: { word: 'Active', help: 'Ready to use.' },
    CHANGING: { word: 'Changing', help: 'Being changed; usable again when done.' },
    GRACE: { word: 'Grace period', help: 'Expired or in arrears, but still usable. Renew before it is frozen.' },
    FROZEN: { word: 'Retention period', help: 'Frozen; the data is kept. Renew before it is released.' },
    VIOLATION_FROZEN: {
      word: 'Frozen for violation',
      help: 'Frozen for a violation; operations unfreeze it once cured.',
    },
    RELEASING: { word: 'Releasing', help: 'Resources and data are being deleted.' },
    RELEASED: { word: 'Released', help: 'Resources and data are deleted and cannot be restored.' },
    FAILED: {
      word: 'Provisioning failed',
      help: 'The seller could not provision; the order was refunded. Contact the seller and order again.',
    },
  },
  call: {
    DUE: { word: 'Due', help: 'The system calls the seller when it is time. Nobody need act.' },
    WILL_REPEAT: {
      word: 'Failed, will repeat',
      help: 'The last attempt failed; the system repeats it until the window ends. The seller can repair meanwhile.',
    },
    RESTARTED: { word: 'Restarted', help: 'A person restarted it; its outcome is not known yet.' },
    RUNNING: { word: 'Running', help: 'The seller is being called. Nobody need act.' },
    SUCCEEDED: { word: 'Success', help: 'The seller answered with success. Nobody need act.' },
    STOPPED: { word: 'Failed, stopped', help: 'Automatic repeats are over. The seller repairs, then restarts it.' },
    RESOLVED: {
      word: 'Resolved',
      help: 'The order is closed or a newer call of the same kind succeeded. Nobody need act.',
    },
  },
};
