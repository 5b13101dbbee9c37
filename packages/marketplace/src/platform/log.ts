/** Structured logs with request ids and without secrets. */
import pino, { type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

// Names of members that hold secrets anywhere in this program; pino replaces their values wherever they stand.
const SECRET_MEMBERS = [
  'password',
  'accessKey',
  'sk',
  'authorization',
  'Authorization',
  'signature',
  'cookie',
  'set-cookie',
  'clientSecret',
  'license',
  'masterKey',
  'x-csrf-token',
  'databaseUrl',
];

export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: SECRET_MEMBERS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
        censor: '***',
      },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination ?? pino.destination(2),
  );
}

export const silentLog: Log = pino({ level: 'silent' });
