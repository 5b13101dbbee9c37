import type { MessageChannel, MessageClass, ReceiversView } from '@jishi/marketplace/console-api';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/text.ts';
import { messageChannels } from '../../search/message-params.ts';

export type Choices = readonly { readonly class: MessageClass; readonly channels: MessageChannel[] }[];

interface ChoiceTableProps {
  readonly classes: ReceiversView['classes'];
  /** the account: mandatory classes stay on (N-6) */
  readonly locked: boolean;
  /** given by the form */
  readonly value?: Choices;
  readonly onChange?: (choices: Choices) => void;
}

/** Classes × channels. */
export function ChoiceTable({ classes, locked, value = [], onChange }: ChoiceTableProps) {
  const { t } = useTranslation();
  const say = useText();
  const offeredChannels = messageChannels.filter((channel) => offers(classes, channel));
  return (
    <>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('message.class')}</th>
            {offeredChannels.map((channel) => (
              <th key={channel} scope="col">
                {t(`message.channels.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((offered) => (
            <tr key={offered.class}>
              <th scope="row">
                {say(offered.name)}
                {offered.number !== null && <span className="soft"> ({offered.number})</span>}
                {offered.mandatory && <span className="soft"> · {t('receiver.mandatory')}</span>}
              </th>
              {offeredChannels.map((channel) => (
                <td key={channel}>
                  {offered.channels.includes(channel) ? (
                    <Checkbox
                      checked={isChosen(value, offered.class, channel)}
                      disabled={locked && offered.mandatory}
                      onChange={(event) => onChange?.(choose(value, offered.class, channel, event.target.checked))}
                      aria-label={`${say(offered.name)}: ${t(`message.channels.${channel}`)}`}
                      data-testid={`choice-${offered.class}-${channel}`}
                    />
                  ) : (
                    <span className="soft" title={t('receiver.notOffered')}>
                      —
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {locked && <p className="soft">{t('receiver.mandatoryHelp')}</p>}
    </>
  );
}

/** Some class goes by this channel: a phone that nothing is sent to need not be asked for. */
export const offers = (classes: ReceiversView['classes'], channel: MessageChannel): boolean =>
  classes.some(({ channels }) => channels.includes(channel));

const isChosen = (choices: Choices, name: MessageClass, channel: MessageChannel): boolean =>
  choices.some((choice) => choice.class === name && choice.channels.includes(channel));

/** The choices with one box ticked or not. */
export function choose(choices: Choices, name: MessageClass, channel: MessageChannel, on: boolean): Choices {
  const before = choices.find((choice) => choice.class === name)?.channels ?? [];
  const channels = on
    ? messageChannels.filter((one) => one === channel || before.includes(one))
    : before.filter((one) => one !== channel);
  return [...choices.filter((choice) => choice.class !== name), { class: name, channels: [...channels] }];
}
