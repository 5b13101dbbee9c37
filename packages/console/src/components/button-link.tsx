import { createLink } from '@tanstack/react-router';
import { Button, type ButtonProps } from 'antd';

/** A link that looks like a button: a real anchor, so that it opens in a new tab and reads as a link. */
export const ButtonLink = createLink((props: ButtonProps) => <Button {...props} />);
