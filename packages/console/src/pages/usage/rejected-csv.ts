import type { UsageRejectionView } from '@jishi/marketplace/console-api';

/** RFC 4180, with the mark that makes spreadsheet programs read UTF-8; a cell is never taken for a formula. */
export function rejectionsCsv(rejections: readonly UsageRejectionView[]): string {
  const rows = rejections.map((each) => [
    each.receivedAt,
    each.requestId,
    each.instanceId,
    each.meteringSn,
    each.code,
    each.meaning,
    each.record,
  ]);
  const head = ['received_at', 'request_id', 'instance_id', 'metering_sn', 'error_code', 'error_msg', 'record'];
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
