import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon';

export interface Choice {
  label: string;
  icon?: IconName;
  checked?: boolean;
  danger?: boolean;
  run: () => void;
}

/** A button that opens a list of things to do: arrows move, Escape goes back to the button. */
export function Menu({
  label,
  face,
  choices,
  icon,
  end,
}: {
  label: string;
  face?: ComponentChildren;
  choices: Choice[];
  icon?: IconName;
  end?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
    const out = (e: Event) => {
      if (!box.current?.contains(e.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', out);
    return () => removeEventListener('pointerdown', out);
  }, [open]);
  const keys = (e: KeyboardEvent) => {
    const all = [...(box.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (to !== undefined && open) all[(to + all.length) % all.length]?.focus();
    else if (e.key === 'Escape' && open) {
      setOpen(false);
      button.current?.focus();
    } else if (e.key === 'Tab') {
      setOpen(false);
      return;
    } else return;
    e.preventDefault();
    e.stopPropagation();
  };
  const radio = choices.some((c) => c.checked !== undefined);
  return (
    <div class="menu" ref={box} onKeyDown={keys}>
      <button
        ref={button}
        type="button"
        class={`button quiet${face ? '' : ' only'}`}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {icon && <Icon name={icon} />}
        {face}
        {face && <Icon name="down" size={14} />}
      </button>
      {open && (
        <div class={`menu-list${end ? ' end' : ''}`} role="menu" aria-label={label}>
          {choices.map((c) => (
            <button
              key={c.label}
              type="button"
              role={radio ? 'menuitemradio' : 'menuitem'}
              aria-checked={radio ? !!c.checked : undefined}
              tabIndex={-1}
              class={c.danger ? 'danger' : ''}
              onClick={() => {
                setOpen(false);
                button.current?.focus();
                c.run();
              }}
            >
              <span class="menu-mark">{c.checked ? <Icon name="check" /> : c.icon ? <Icon name={c.icon} /> : null}</span>
              {c.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
