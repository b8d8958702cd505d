import type { RefObject } from 'preact';
import type { Finding } from '../../api/types';
import { spans } from '../../lib/marks';

interface Props {
  field: RefObject<HTMLTextAreaElement | null>;
  label: string;
  value: string;
  findings: Finding[];
  placeholder: string;
  aria?: Record<string, string | boolean | undefined>;
  onInput: (text: string) => void;
  onKeyDown: (e: KeyboardEvent) => void;
}

/** A field that grows with its text and underlines the words a rule found, in a copy that lies beneath. */
export function Marked({ field, label, value, findings, placeholder, aria, onInput, onKeyDown }: Props) {
  return (
    <div class="marked">
      <div class="under" aria-hidden="true">
        {spans(value, findings).map((s, i) =>
          s.finding ? (
            <mark key={i} class={s.finding.severity}>
              {s.text}
            </mark>
          ) : (
            <span key={i}>{s.text}</span>
          ),
        )}
        {'\u200b'}
      </div>
      <textarea
        ref={field}
        data-focus="composer"
        aria-label={label}
        aria-invalid={findings.some((f) => f.severity === 'block') || undefined}
        placeholder={placeholder}
        rows={2}
        value={value}
        spellcheck
        {...aria}
        onInput={(e) => onInput(e.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
