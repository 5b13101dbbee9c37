import { useEffect, useState } from 'react';

/**
 * The keyboard in a dialog that is mounted to open it: its first field has the focus once it is there (the dialog itself takes
 * it from `autoFocus`), and whatever opened it has it again when it is gone.
 * @returns for the dialog's `afterOpenChange`
 */
export function useDialogFocus(focusFirst: () => void): (open: boolean) => void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    },
    [opener],
  );
  return (open) => {
    if (open) focusFirst();
  };
}
