import type { Finding } from '../api/types';
import { isText, remedy } from '../lib/marks';
import { Button } from './kit';
import { Icon } from './icon';

const severity = {
  block: { word: 'Can’t be sent', icon: 'stop', tone: 'stop' },
  warn: { word: 'Check this', icon: 'alert', tone: 'warning' },
  info: { word: 'For your information', icon: 'info', tone: 'quiet' },
} as const;

/** What the rules say of a text: the words, why, the source, and a lawful way to say it. */
export function Findings({ findings, onMend }: { findings: Finding[]; onMend?: (f: Finding) => void }) {
  if (!findings.length) return null;
  const grave = findings.filter((f) => f.severity !== 'info');
  const added = findings.filter((f) => f.severity === 'info');
  return (
    <ul class="findings">
      {grave.map((f, i) => {
        const s = severity[f.severity] ?? severity.warn;
        return (
          <li key={f.rule + i} class={s.tone} tabIndex={-1} data-focus={i === 0 ? 'finding' : undefined}>
            <Icon name={s.icon} />
            <div class="grow">
              <p>
                <b>{s.word}:</b> {f.why || 'A rule speaks against it.'} {f.words && <q>{f.words}</q>}
              </p>
              <p class="source">
                <code>{f.rule}</code>
                {f.citation && <> · {f.citation}</>}
              </p>
              {f.suggestion && <p class="instead">Instead: {isText(f.suggestion) ? <q>{f.suggestion}</q> : f.suggestion}</p>}
            </div>
            {onMend && remedy(f) && <Button onClick={() => onMend(f)}>{remedy(f) === 'use' ? 'Use this' : 'Take it out'}</Button>}
          </li>
        );
      })}
      {added.length > 0 && (
        <li class="quiet">
          <details>
            <summary>{mended(added.length, !!onMend)}</summary>
            {added.map((f, i) => (
              <p key={f.rule + i} class="source">
                {f.why} <code>{f.rule}</code>
                {f.citation && <> · {f.citation}</>}
              </p>
            ))}
          </details>
        </li>
      )}
    </ul>
  );
}

/** What the guard does by itself, said of a text that is being written, or of one that was not sent. */
function mended(n: number, writing: boolean): string {
  const things = n === 1 ? 'One thing' : `${n} things`;
  return writing ? `${things} ${n === 1 ? 'is' : 'are'} mended for you when it is sent` : `${things} would have been mended`;
}
