import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';
import { useProblemText } from './problem-text.ts';

/** Rules of files that a person can do something about; the API's codes. */
const faults = [
  'FILE_TYPE',
  'FILE_TOO_LARGE',
  'FILE_EMPTY',
  'FILE_NAME',
  'FILE_CHECKSUM',
  'FILE_TRUNCATED',
  'FILE_PICTURE_SIZE',
  'FILE_ARCHIVE_BOMB',
  'FILE_ARCHIVE_UNSAFE',
  'FILE_ARCHIVE_UNREADABLE',
  'FILE_QUOTA',
] as const;
export type FileFault = (typeof faults)[number];

/** Why a file was not taken, in the reader's language. */
export function useFileFault(): (error: unknown) => string {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return (error) => {
    const problem = problemOf(error);
    const fault = faults.find((one) => one === problem.code);
    if (fault !== undefined) return t(`file.fault.${fault}`);
    const { title, detail } = problemText(problem);
    return detail === '' ? title : `${title} – ${detail}`;
  };
}
