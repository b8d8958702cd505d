import type { Check } from '../../api/types';
import { count } from '../../lib/words';
import { Icon } from '../../ui/icon';

/** The most characters a reply may have; the service refuses more. */
export const longest = 4000;

/** Whether it was checked, and what it costs to send. */
export function Counter({
  check,
  text,
  checking,
  error,
  channel,
}: {
  check: Check | null;
  text: string;
  checking: boolean;
  error: string;
  channel: string;
}) {
  if (!text.trim()) return <span class="counter soft">Checked against the rules as you write</span>;
  const length = [...text.trim()].length;
  if (length > longest)
    return (
      <span class="counter stop-ink" role="status">
        <Icon name="stop" size={14} /> {length.toLocaleString('en-US')} characters: at most {longest.toLocaleString('en-US')} can be sent
      </span>
    );
  const clean = check && !check.findings.some((f) => f.severity !== 'info');
  return (
    <span class="counter soft" role="status">
      {error ? (
        <>
          <Icon name="alert" size={14} /> {error}
        </>
      ) : checking || !check ? (
        <>Checking…</>
      ) : clean ? (
        <span class="ok-ink">
          <Icon name="check" size={14} /> No rule speaks against it
        </span>
      ) : (
        <span>{count(check.findings.filter((f) => f.severity !== 'info').length, 'finding')}</span>
      )}
      {check && channel === 'sms' && check.segments !== undefined && (
        <span
          class="num"
          title={
            check.encoding === 'UCS-2' ? 'A sign beyond the plain alphabet is in it: a text then holds 70 characters, not 160' : undefined
          }
        >
          {' '}
          · {check.characters ?? text.length} characters, {count(check.segments, 'text')}
        </span>
      )}
      {check?.final && check.final !== text.trim() && (
        <details class="final">
          <summary>As it goes out</summary>
          <p>{check.final}</p>
        </details>
      )}
    </span>
  );
}
