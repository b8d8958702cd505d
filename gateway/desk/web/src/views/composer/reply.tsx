import { useRef, useState } from 'preact/hooks';
import type { Canned, Finding, Item } from '../../api/types';
import { Problem, words } from '../../api/http';
import { remedied } from '../../lib/marks';
import { upcoming } from '../../lib/time';
import { checked, checkError, checking } from '../../state/compose';
import { focus } from '../../state/focus';
import { data, heard, send, zone } from '../../state/talk';
import { typing } from '../../state/socket';
import { type, typedIn } from '../../state/typed';
import { Button, Kbd, Notice } from '../../ui/kit';
import { Findings } from '../../ui/findings';
import { Diff } from '../../ui/diff';
import { Marked } from './marked';
import { Picker } from './picker';
import { Suggestions } from './suggestions';
import { Counter, longest } from './counter';

/** A reply to the person: checked while it is written, and again by the service when it is sent. */
export function Reply({ id, item }: { id: string; item: Item }) {
  const t = typedIn(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const [refused, setRefused] = useState<{ text: string; problem: Problem } | null>(null);
  const [trouble, setTrouble] = useState('');
  const [sending, setSending] = useState(false);
  const under = useRef(false); // at once, where the state is only there with the next drawing: a double click sends once
  const [showDiff, setShowDiff] = useState(false);
  const check = checked.value;
  const here = check && check.text === t.text ? check.check : null;
  const stopped = refused && refused.text === t.text.trim() ? refused.problem : null;
  const findings = stopped?.findings.length ? stopped.findings : (check?.check.findings ?? []);
  const until = stopped?.until || (check?.check.allowed === false ? check.check.until : '');
  const blocked = here?.findings.some((f) => f.severity === 'block') ?? false;
  const set = (text: string) => {
    if (trouble) setTrouble('');
    type(id, { text });
    if (text) typing(id);
  };
  const fill = (text: string) => {
    set(text);
    field.current?.focus();
  };

  const submit = async () => {
    const text = t.text.trim();
    if (!text || [...text].length > longest || under.current) return;
    if (blocked) return focus('finding');
    under.current = true;
    setSending(true);
    setTrouble('');
    setRefused(null);
    try {
      await send(id, text);
      setShowDiff(false);
    } catch (e) {
      if (e instanceof Problem && (e.findings.length || e.code === 'blocked' || e.code === 'contact_refused')) {
        setRefused({ text, problem: e });
        if (e.findings.length) requestAnimationFrame(() => focus('finding'));
      } else
        setTrouble(
          e instanceof Problem && e.code === 'control_changed'
            ? `Not sent: ${e.holder || 'somebody else'} has this conversation now. Your text is kept.`
            : words(e),
        );
    } finally {
      under.current = false;
      setSending(false);
      if (!document.activeElement || document.activeElement === document.body) field.current?.focus();
    }
  };
  const pick = (c: Canned) => {
    set(t.text.replace(/(^|\s)\/[^\s/]*$/, '$1') + c.text);
    field.current?.focus();
  };

  return (
    <div class="reply">
      <Suggestions
        id={id}
        small={t.text !== ''}
        onInsert={(s) => {
          type(id, { text: s.text, from: s, fromSeq: heard(data.value) });
          field.current?.focus();
        }}
      />
      {until && (
        <Notice tone="stop" icon="clock" alert>
          Can’t be sent now{stopped ? `: ${stopped.words}` : ': the hours or the permissions don’t allow it.'} Allowed from{' '}
          {upcoming(until, zone.value)}, their time.
        </Notice>
      )}
      {check?.check.allowed === false && !until && (
        <Notice tone="stop" icon="clock">
          Can’t be sent now: the person may not be contacted.
        </Notice>
      )}
      {check?.check.allowed === false && <Findings findings={check.check.contact ?? []} />}
      {stopped && !findings.length && !until && (
        <Notice tone="stop" alert>
          {stopped.words}
        </Notice>
      )}
      {trouble && (
        <Notice tone="stop" alert action={<Button onClick={() => void submit()}>Try again</Button>}>
          {trouble}
        </Notice>
      )}
      <Findings findings={findings} onMend={(f: Finding) => fill(remedied(t.text, f))} />
      {t.from && heard(data.value) > t.fromSeq && (
        <Notice tone="warning">They have written since this draft was made. Read it again before you send it.</Notice>
      )}
      {t.from && t.from.text !== t.text && t.text && (
        <div class="edited">
          <button type="button" class="link" aria-expanded={showDiff} onClick={() => setShowDiff(!showDiff)}>
            {showDiff ? 'Hide what you changed' : 'Show what you changed in the draft'}
          </button>
          {showDiff && <Diff before={t.from.text} after={t.text} label="Your changes to the draft" />}
        </div>
      )}
      <Picker text={t.text} language={item.language} onPick={pick}>
        {(onKeyDown, aria) => (
          <Marked
            field={field}
            label={`Reply to ${item.name || 'the person'}`}
            value={t.text}
            findings={here ? findings : []}
            onInput={set}
            aria={aria}
            placeholder="Write a reply. / inserts a prepared one."
            onKeyDown={(e) => {
              if (onKeyDown(e)) return;
              if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
                e.preventDefault();
                void submit();
              }
            }}
          />
        )}
      </Picker>
      <div class="send-line">
        <Counter check={here} text={t.text} checking={checking.value} error={checkError.value} channel={item.channel} />
        <span class="grow" />
        <span class="soft hint">
          <Kbd>Ctrl+Enter</Kbd>
        </span>
        <Button kind="primary" icon="send" busy={sending} disabled={!t.text.trim() || [...t.text.trim()].length > longest} onClick={() => void submit()}>
          {blocked ? 'See why not' : 'Send'}
        </Button>
      </div>
    </div>
  );
}
