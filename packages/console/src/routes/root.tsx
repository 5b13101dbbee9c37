/** The frame that all pages of the console stand in. */
import { createRootRoute } from '@tanstack/react-router';
import { Broken, NotFound } from '../shell/dead-ends.tsx';
import { Frames } from '../shell/frames.tsx';

export const root = createRootRoute({ component: Frames, notFoundComponent: NotFound, errorComponent: Broken });
export const getParentRoute = () => root;
