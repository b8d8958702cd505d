import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { hide } from '../state/dialogs';
import { Button } from './kit';

/** A modal: the browser keeps the focus in it, Escape closes it, and the focus goes back where it was. */
export function Dialog({
  title,
  children,
  wide,
  drawer,
  onClose = hide,
  fixed,
}: {
  title: string;
  children: ComponentChildren;
  wide?: boolean;
  drawer?: boolean;
  onClose?: () => void;
  fixed?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const d = ref.current!;
    const before = document.activeElement as HTMLElement | null;
    d.showModal();
    const first =
      d.querySelector<HTMLElement>('[data-first]') ??
      d.querySelector<HTMLElement>('input[type="radio"]:checked') ??
      d.querySelector<HTMLElement>('.dialog-head ~ * :is(input, select, textarea, button, summary, a):not(:disabled)');
    first?.focus();
    return () => {
      d.close();
      if (before?.isConnected && (document.activeElement === document.body || document.activeElement === null)) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class={`dialog${wide ? ' wide' : ''}${drawer ? ' drawer' : ''}`}
      aria-labelledby="dialog-title"
      onCancel={(e) => {
        e.preventDefault();
        if (!fixed) onClose();
      }}
      onClick={(e) => {
        if (e.target === ref.current && !fixed) onClose();
      }}
    >
      <div class="dialog-in">
        <header class="dialog-head">
          <h2 id="dialog-title">{title}</h2>
          {!fixed && <Button icon="close" kind="quiet" label="Close" onClick={onClose} />}
        </header>
        {children}
      </div>
    </dialog>
  );
}
