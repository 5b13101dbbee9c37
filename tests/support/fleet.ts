/** `jishi serve` and workers as real processes on one database, killed with -9 again and again and replaced. */
import { onTestFinished } from 'vitest';
import { PAUSE_POINTS } from '../../packages/marketplace/src/platform/pause-points.ts';
import type { Dice } from '../../packages/marketplace/src/testing/dice.ts';
import { jishi, type Running } from './jishi.ts';

export interface Fleet {
  /** Kills one process and starts another in its place; some newcomers die by themselves at a named point between two commits. */
  killOne(): Promise<void>;
  /** Stops all in good order. @returns their exit codes; 0 is as it should be */
  stop(): Promise<(number | NodeJS.Signals | null)[]>;
}

export function startFleet(env: Readonly<Record<string, string>>, dice: Dice): Fleet {
  const start = (role: 'serve' | 'worker', pausePoints = '') =>
    jishi([role, '--sandbox'], { ...env, ...(pausePoints === '' ? {} : { JISHI_PAUSE_POINTS: pausePoints }) });
  const running: { role: 'serve' | 'worker'; doomed: boolean; process: Running }[] = (
    ['serve', 'worker', 'worker'] as const
  ).map((role) => ({ role, doomed: false, process: start(role) }));
  let stopping = false;
  onTestFinished(() => {
    for (const { process } of running) process.child.kill('SIGKILL');
  });

  return {
    async killOne() {
      const [victim] = running.splice(dice.below(running.length), 1);
      if (!victim) return;
      victim.process.child.kill('SIGKILL');
      await victim.process.ended;
      const [first, ...others] = PAUSE_POINTS;
      const doomed = victim.role === 'worker' && dice.chance(70);
      const process = start(victim.role, doomed ? `${dice.pick([first, ...others])}=kill@${1 + dice.below(4)}` : '');
      running.push({ role: victim.role, doomed, process });
      // The one that dies by itself is replaced by a sound one.
      if (doomed)
        void process.ended.then(
          (exit) =>
            exit === 'SIGKILL' &&
            !stopping &&
            running.push({ role: 'worker', doomed: false, process: start('worker') }),
        );
    },
    async stop() {
      stopping = true;
      // A newcomer that is still on its way up would not know what to do with a signal.
      await Promise.all(running.map(({ process }) => process.says(/jishi (serves|worker runs)/).catch(() => null)));
      const sound = running.filter(
        ({ process }) => process.child.exitCode === null && process.child.signalCode === null,
      );
      for (const { process } of sound) process.child.kill('SIGTERM');
      const exits = await Promise.all(
        sound.map(async ({ process, doomed }) => ({ doomed, exit: await process.ended })),
      );
      // One that was to die at a pause point may meet it on its last way out.
      return exits.filter(({ doomed, exit }) => !(doomed && exit === 'SIGKILL')).map(({ exit }) => exit);
    },
  };
}
