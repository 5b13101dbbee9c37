/** One step of an invoice, by its buyer or its issuer; the explanatory letter (7.7, S-64, S5-21). */
import type { Scope } from '../../../directory/index.ts';
import { unmarkInvoicedUsage } from '../../../metering/index.ts';
import { unmarkInvoiced } from '../../../ordering/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { claimFile, type FileOwner, type KeptFile } from '../../../platform/files/index.ts';
import type { Platform } from '../../../platform/platform.ts';
import { uuid } from '../../../platform/random.ts';
import { ok, type Result, refuse } from '../../../platform/result.ts';
import { daysLater, SITES } from '../../../platform/site.ts';
import { addTask } from '../../../platform/tasks/marketplace-tasks.ts';
import { type Day, dayAt, monthLater } from '../../calendar.ts';
import {
  type BuyerInvoice,
  type Courier,
  type InvoiceStep,
  type Issued,
  isOver,
  LETTER_MONTHS,
  RECEIPT_DAYS,
  STEPS_OF,
  stepped,
} from './model.ts';
import { type InvoiceNews, invoiceNews } from './news.ts';
import { addMove, listBuyerInvoices, saveBuyerInvoice } from './store.ts';
import { CONFIRM_RECEIPT } from './tasks.ts';

/** An invoice as it is entered: its file is sent before. */
export interface IssuedEntry {
  readonly number: string;
  readonly code: string | null;
  readonly issuedOn: Day;
  readonly fileId: string | null;
}
export type StepAsked =
  | { readonly step: 'accept' | 'cancel' | 'receive' }
  | { readonly step: 'refuse'; readonly reason: string }
  | { readonly step: 'issue'; readonly issued: IssuedEntry; readonly courier: Courier | null }
  | { readonly step: 'answer-cancel'; readonly agree: boolean; readonly reason: string }
  | {
      readonly step: 'return';
      readonly deducted: boolean;
      readonly reason: string;
      readonly fileIds: readonly string[];
      readonly courier: Courier | null;
    }
  | { readonly step: 'answer-return'; readonly agree: true; readonly red: IssuedEntry }
  | { readonly step: 'answer-return'; readonly agree: false; readonly reason: string };

export interface TakeStep {
  readonly invoiceId: string;
  readonly scope: Scope;
  readonly asked: StepAsked;
  readonly by: string;
}

/** Refuses NOT_FOUND, INVOICE_TURN (the other side's step), INVOICE_CHECK, FILE_UNKNOWN, and what `stepped` refuses. */
export async function takeStep(
  platform: Platform,
  tx: Tx,
  { invoiceId, scope, asked, by }: TakeStep,
  now: Date,
): Promise<Result<BuyerInvoice>> {
  const [invoice] = await listBuyerInvoices(tx, { scope, invoiceId, lock: true });
  if (!invoice) return unknown;
  const side = sideOf(invoice, scope);
  if (side === null || !STEPS_OF[side].includes(asked.step))
    return refuse('INVOICE_TURN', 'S-64: the buyer asks, receives and returns; who issues it does the rest');
  const owner = ownerOf(scope);
  const step = await filled(platform, tx, asked, owner, now);
  if (!step.ok) return step;
  const done = stepped(invoice, step.value, now);
  if (!done.ok) return done;
  const next = done.value;
  await saveBuyerInvoice(tx, next);
  const note = 'reason' in asked && asked.reason !== '' ? asked.reason : null;
  await addMove(tx, [invoiceId], { state: next.state, at: now, by, note });
  if (isOver(next.state)) {
    await unmarkInvoiced(tx, invoiceId);
    await unmarkInvoicedUsage(tx, invoiceId);
  }
  if (next.state === 'TO_RECEIVE') {
    const dueAt = daysLater(now, RECEIPT_DAYS, SITES[platform.config.site].timeZone);
    const task = { id: uuid(platform.random), kind: CONFIRM_RECEIPT, subject: invoiceId, dueAt, traceId: next.traceId };
    await addTask(tx, task, now);
  }
  const news = newsOf(asked, next);
  if (news) await platform.events.publish(tx, [invoiceNews(news, next)], now);
  return ok(next);
}

/** S5-21: for an invoice of a general order, valid for six months; made once, and anew when it has run out. */
export async function explanatoryLetter(
  platform: Platform,
  tx: Tx,
  { invoiceId, scope }: { readonly invoiceId: string; readonly scope: Scope },
  now: Date,
): Promise<Result<BuyerInvoice>> {
  const [invoice] = await listBuyerInvoices(tx, { scope, invoiceId, lock: true });
  if (!invoice) return unknown;
  if (invoice.issuer !== 'SELLER' || invoice.state !== 'ISSUED')
    return refuse('INVOICE_LETTER', 'S5-21: a letter explains an issued invoice of a general order');
  const today = dayAt(now, platform.config.site);
  if (invoice.letter !== null && invoice.letter.validUntil >= today) return ok(invoice);
  let validUntil = today;
  for (let month = 0; month < LETTER_MONTHS; month += 1) validUntil = monthLater(validUntil);
  const number = `L${today.replaceAll('-', '')}${uuid(platform.random).slice(0, 8).toUpperCase()}`;
  const lettered: BuyerInvoice = { ...invoice, letter: { number, validUntil } };
  await saveBuyerInvoice(tx, lettered);
  return ok(lettered);
}

/** @returns null = it only looks on: an operator at a seller's invoice */
export function sideOf({ issuer }: Pick<BuyerInvoice, 'issuer'>, scope: Scope): 'BUYER' | 'ISSUER' | null {
  if (scope.kind === 'buyer') return 'BUYER';
  return (scope.kind === 'seller') === (issuer === 'SELLER') ? 'ISSUER' : null;
}

function ownerOf(scope: Scope): FileOwner {
  if (scope.kind === 'buyer') return { kind: 'buyer', id: scope.buyerId };
  return scope.kind === 'seller' ? { kind: 'seller', id: scope.sellerId } : { kind: 'operator', id: 'operator' };
}

/** With its files, which now belong to it. */
async function filled(
  platform: Platform,
  tx: Tx,
  asked: StepAsked,
  owner: FileOwner,
  now: Date,
): Promise<Result<InvoiceStep>> {
  switch (asked.step) {
    case 'issue': {
      const issued = await entered(platform, tx, asked.issued, owner, now);
      return issued.ok ? ok({ step: 'issue', issued: issued.value, courier: asked.courier }) : issued;
    }
    case 'answer-return': {
      if (!asked.agree) return ok(asked);
      const red = await entered(platform, tx, asked.red, owner, now);
      return red.ok ? ok({ step: 'answer-return', agree: true, red: red.value }) : red;
    }
    case 'return': {
      const files: KeptFile[] = [];
      for (const fileId of asked.fileIds) {
        const file = await claimFile(tx, fileId, owner, 'INVOICE');
        if (!file.ok) return file;
        files.push(file.value);
      }
      const { deducted, reason, courier } = asked;
      return ok({ step: 'return', returned: { deducted, reason, files, courier, red: null } });
    }
    case 'refuse':
    case 'answer-cancel':
      return ok(asked);
    default:
      return ok({ step: asked.step });
  }
}

async function entered(
  platform: Platform,
  tx: Tx,
  { fileId, ...entry }: IssuedEntry,
  owner: FileOwner,
  now: Date,
): Promise<Result<Issued>> {
  if (entry.issuedOn > dayAt(now, platform.config.site))
    return refuse('INVOICE_CHECK', 'S5-15: an invoice is not dated in the future', { issuedOn: entry.issuedOn });
  if (fileId === null) return ok({ ...entry, file: null });
  const file = await claimFile(tx, fileId, owner, 'INVOICE');
  return file.ok ? ok({ ...entry, file: file.value }) : file;
}

function newsOf(asked: StepAsked, { state }: BuyerInvoice): InvoiceNews | null {
  switch (asked.step) {
    case 'refuse':
      return 'refused';
    case 'issue':
      return 'issued';
    case 'cancel':
      return state === 'CANCELLING' ? 'cancel-asked' : null;
    case 'answer-cancel':
      return 'cancel-answered';
    case 'return':
      return 'return-asked';
    case 'answer-return':
      return asked.agree ? 'returned' : 'return-refused';
    default:
      return null;
  }
}

const unknown = refuse('NOT_FOUND', 'there is no such invoice');
