import { createLink } from '@tanstack/react-router';
import { Button, type ButtonProps } from 'antd';

/**
 * A link that looks like a button: a real anchor, so that it opens in a new tab and reads as a link. The router keeps `type`
 * for itself: a main action is color="primary" variant="solid".
 */
export const ButtonLink = createLink((props: Omit<ButtonProps, 'type'>) => <Button {...props} />);
