import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { CopyButton } from './copy.tsx';
import { Failure } from './feedback.tsx';

interface Words {
  readonly show: string;
  readonly hide: string;
  /** that each look is written down */
  readonly audit: string;
  /** of what is copied */
  readonly name: string;
}

/** A secret: masked until asked for, each look is audited (L8), forgotten when hidden. */
export function Revealed({
  read,
  words,
  testId,
}: {
  read: () => Promise<{ text: string }>;
  words: Words;
  testId: { readonly text: string; readonly button: string };
}) {
  const reveal = useMutation({ mutationFn: read, gcTime: 0 });
  const text = reveal.data?.text;
  const label = text === undefined ? words.show : words.hide;
  return (
    <div className="stack stack--tight">
      <span className="row" style={{ gap: 4, alignItems: 'flex-start' }}>
        <span className="mono prose" data-testid={testId.text} style={{ overflowWrap: 'anywhere' }}>
          {text ?? '••••••••'}
        </span>
        <Button
          type="text"
          size="small"
          icon={text === undefined ? <EyeOutlined /> : <EyeInvisibleOutlined />}
          aria-label={label}
          title={label}
          loading={reveal.isPending}
          onClick={() => (text === undefined ? reveal.mutate() : reveal.reset())}
          data-testid={testId.button}
        />
        {text !== undefined && <CopyButton text={text} name={words.name} />}
      </span>
      <span className="soft">{words.audit}</span>
      {reveal.error !== null && <Failure error={reveal.error} />}
    </div>
  );
}
