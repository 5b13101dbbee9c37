/** How codes and applications look to the consoles. */
import { LICENSE_RESULT_CODES } from '@jishi/protocol';
import type { z } from 'zod';
import type { Scope } from '../../directory/index.ts';
import type { Application, Code } from '../../licensing/index.ts';
import type * as schemas from './license-schemas.ts';
import type { Names } from './present.ts';

/** A buyer sees a code that it has picked up; its seller, who is sent it at once, always (4.1). */
export function presentCode(code: Code, scope: Scope, names: Names): z.infer<typeof schemas.licenceCode> {
  const isBuyer = scope.kind === 'buyer';
  return {
    codeId: code.codeId,
    state: code.state,
    test: code.test,
    orderId: code.test ? null : code.orderId,
    resourceId: code.resourceId,
    goodsId: code.goodsId,
    productName: code.productName,
    buyerName: code.buyerId === null ? null : names.buyer(code.buyerId),
    productId: code.productId,
    amount: code.amount,
    createdAt: code.createdAt.toISOString(),
    pickedUpAt: iso(code.receivedAt),
    activatedAt: iso(code.activatedAt),
    expireAt: iso(code.expireAt),
    frozenFor: code.freezeReason,
    queriedAt: iso(code.queriedAt),
    mayShow: scope.kind === 'seller' || (isBuyer && code.state !== 'CREATED' && code.state !== 'RELEASED'),
    mayPickUp: isBuyer && code.state === 'CREATED',
  };
}

export function presentApplication(application: Application): z.infer<typeof schemas.licenceApplication> {
  const { eventId, state, deviceFingerprint, refusalCode, kind, fileName, size, sha256 } = application;
  return {
    eventId,
    state,
    effectiveAt: application.effectiveAt.toISOString(),
    expireAt: iso(application.expireAt),
    deviceFingerprint,
    createdAt: application.createdAt.toISOString(),
    endedAt: iso(application.endedAt),
    refusal:
      refusalCode === null
        ? null
        : { code: refusalCode, meaning: LICENSE_RESULT_CODES[refusalCode]?.meaning ?? { zh: '', en: '' } },
    licence: kind === null || size === null || sha256 === null ? null : { kind, fileName, size, sha256 },
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
