import { useTranslation } from 'react-i18next';
import type { DemandView, MyVoucherView, OfferView, VoucherView } from '../../api/offers.ts';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';

/** States of offers, demands and vouchers: a word with colour and icon, explained on hover. */

const offerTone: Readonly<Record<OfferView['state'], Tone>> = {
  DRAFT: 'idle',
  IN_APPROVAL: 'wait',
  VALID: 'ok',
  USED: 'ok',
  EXPIRED: 'idle',
  WITHDRAWN: 'idle',
};
const demandTone: Readonly<Record<DemandView['state'], Tone>> = {
  OPEN: 'wait',
  ACCEPTED: 'run',
  REJECTED: 'bad',
  CLOSED: 'ok',
};
const voucherTone: Readonly<Record<VoucherView['state'], Tone>> = { PUBLISHED: 'ok', VOID: 'bad', EXPIRED: 'idle' };
const myVoucherTone: Readonly<Record<MyVoucherView['state'], Tone>> = {
  CLAIMABLE: 'wait',
  UNUSED: 'ok',
  USED: 'idle',
  EXPIRED: 'idle',
};

export function OfferState({ state }: { state: OfferView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={offerTone[state]}
      word={t(`offers.state.${state}.word`)}
      help={t(`offers.state.${state}.help`)}
      state={state}
      testId="offer-state"
    />
  );
}

export function DemandState({ state }: { state: DemandView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={demandTone[state]}
      word={t(`offers.demand.state.${state}.word`)}
      help={t(`offers.demand.state.${state}.help`)}
      state={state}
      testId="demand-state"
    />
  );
}

export function VoucherState({ state }: { state: VoucherView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={voucherTone[state]}
      word={t(`offers.voucher.state.${state}.word`)}
      help={t(`offers.voucher.state.${state}.help`)}
      state={state}
      testId="voucher-state"
    />
  );
}

export function MyVoucherState({ state }: { state: MyVoucherView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={myVoucherTone[state]}
      word={t(`offers.mine.state.${state}.word`)}
      help={t(`offers.mine.state.${state}.help`)}
      state={state}
      testId="my-voucher-state"
    />
  );
}
